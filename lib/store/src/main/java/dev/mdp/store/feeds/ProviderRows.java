package dev.mdp.store.feeds;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.store.rows.KeptOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The rows of `feed_positions` of a provider: all of one topic and one number of shards.
/// Stateless; runs inside the caller's transaction.
final class ProviderRows {
  private static final String ALL =
      "SELECT shard, topic, shards FROM feed_positions WHERE provider = ?";

  /// No one else makes a row of the provider until this transaction ends: of two first owners with
  /// different numbers of shards one finds the other's row.
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 1131))";

  private static final String CREATE =
      "INSERT INTO feed_positions (provider, shard, topic, shards) VALUES (?, ?, ?, ?)";

  private ProviderRows() {}

  /// Sees to it that the shard has a row. Throws [ConfigException] when the provider was published
  /// to another topic or with another number of shards.
  static void ensure(Connection connection, FeedKey key) throws SQLException {
    if (!isThere(connection, key)) {
      lock(connection, key);
      if (!isThere(connection, key)) {
        create(connection, key);
      }
    }
  }

  private static boolean isThere(Connection connection, FeedKey key) throws SQLException {
    boolean found = false;
    try (PreparedStatement statement = connection.prepareStatement(ALL)) {
      statement.setString(1, key.provider());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          requireSame(key, row.getString("topic"), row.getInt("shards"));
          found |= row.getInt("shard") == key.shard();
        }
      }
    }
    return found;
  }

  private static void requireSame(FeedKey key, String topic, int shards) {
    if (!topic.equals(key.topic()) || shards != key.shards()) {
      String provider = key.provider();
      String quoted = provider.replace("'", "''");
      throw new ConfigException(
          "feed %s was published to %s with %d shards, the configuration says %s with %d: set them back; or, once every group has read the former log to its end, forget where it was: DELETE FROM feed_positions WHERE provider = '%s' (mdp_cleaner may)"
              .formatted(provider, topic, shards, key.topic(), key.shards(), quoted));
    }
  }

  private static void lock(Connection connection, FeedKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, key.provider());
      statement.execute();
    }
  }

  private static void create(Connection connection, FeedKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CREATE)) {
      statement.setString(1, key.provider());
      statement.setInt(2, key.shard());
      statement.setString(3, key.topic());
      statement.setInt(4, key.shards());
      KeptOut.require("feed_positions", 1, statement.executeUpdate());
    }
  }
}
