package dev.mdp.store.signals;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.store.rows.KeptOut;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The table `signal_outbox`: signals that are committed and not yet known to be published.
/// Stateless; runs inside the caller's transaction.
final class SignalOutboxTable {
  static final String NAME = "signal_outbox";

  private static final String KEEP =
      "INSERT INTO signal_outbox (consumer_group, topic, shard, number, payloads) VALUES (?, ?, ?, ?, ?)";
  private static final String PUBLISHED =
      "DELETE FROM signal_outbox" + ShardRows.OF_SHARD + " AND number <= ?";

  private SignalOutboxTable() {}

  /// Keeps what one commit is to publish.
  static void keep(Connection connection, CheckpointKey key, long number, List<byte[]> payloads)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      ShardRows.bind(statement, 1, key);
      statement.setLong(4, number);
      statement.setArray(5, connection.createArrayOf("bytea", payloads.toArray(byte[][]::new)));
      KeptOut.require(NAME, 1, statement.executeUpdate());
    }
  }

  /// Removes what was published, up to this number.
  static void remove(Connection connection, CheckpointKey key, long publishedThrough)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
      ShardRows.bind(statement, 1, key);
      statement.setLong(4, publishedThrough);
      statement.executeUpdate();
    }
  }

  /// By number.
  static SortedMap<Long, List<byte[]>> read(Connection connection, CheckpointKey key)
      throws SQLException {
    SortedMap<Long, List<byte[]>> all = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number, payloads FROM signal_outbox" + ShardRows.OF_SHARD)) {
      ShardRows.bind(statement, 1, key);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Array payloads = rows.getArray(2);
          all.put(rows.getLong(1), List.of((byte[][]) payloads.getArray()));
        }
      }
    }
    return all;
  }
}
