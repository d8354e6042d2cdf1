package dev.mdp.store.feeds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How a provider's series are divided, and who publishes each part now.
///
/// @param shards how many shards its topic has
/// @param owners by shard; none for a shard that no living lease is for
record ProviderShards(int shards, Map<Integer, String> owners) {
  private static final String ALL =
      """
      SELECT provider, shard, shards,
             CASE WHEN lease_until > clock_timestamp() THEN owner END AS owner
        FROM feed_positions
      """;

  Optional<String> owner(int shard) {
    return Optional.ofNullable(owners.get(shard));
  }

  /// By provider.
  static Map<String, ProviderShards> all(Connection connection) throws SQLException {
    Map<String, ProviderShards> all = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        int shards = row.getInt("shards");
        ProviderShards of =
            all.computeIfAbsent(
                row.getString("provider"), _ -> new ProviderShards(shards, new HashMap<>()));
        String owner = row.getString("owner");
        if (owner != null) {
          of.owners.put(row.getInt("shard"), owner);
        }
      }
    }
    return all;
  }
}
