package dev.mdp.store.signals;

import dev.mdp.core.checkpoint.CheckpointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// How a shard's rows are found in the tables of evaluations.
final class ShardRows {
  /// With the three parameters of [#bind].
  static final String OF_SHARD = " WHERE consumer_group = ? AND topic = ? AND shard = ?";

  private ShardRows() {}

  /// Returns the index of the next parameter.
  static int bind(PreparedStatement statement, int index, CheckpointKey key) throws SQLException {
    statement.setString(index, key.group());
    statement.setString(index + 1, key.topic());
    statement.setInt(index + 2, key.shard());
    return index + 3;
  }

  static void delete(Connection connection, String table, CheckpointKey key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + table + OF_SHARD)) {
      bind(statement, 1, key);
      statement.executeUpdate();
    }
  }
}
