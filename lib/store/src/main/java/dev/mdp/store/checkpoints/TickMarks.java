package dev.mdp.store.checkpoints;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// How far the ticks of a shard are stored. Stateless; runs inside the caller's transaction.
public final class TickMarks {
  private static final String MARKS =
      "SELECT consumer_group, position FROM stream_checkpoints WHERE topic = ? AND shard = ?";

  private TickMarks() {}

  /// Of several groups that store ticks the one that is furthest; empty without any.
  public static Optional<Position> storedThrough(Connection connection, String topic, int shard)
      throws SQLException {
    Optional<Position> stored = Optional.empty();
    try (PreparedStatement statement = connection.prepareStatement(MARKS)) {
      statement.setString(1, topic);
      statement.setInt(2, shard);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Position position = Position.parse(row.getString(2));
          boolean stores =
              new CheckpointKey(row.getString(1), topic, shard).does(CheckpointKey.TICK_CONSUMER);
          if (stores && stored.map(position::isAfter).orElse(true)) {
            stored = Optional.of(position);
          }
        }
      }
    }
    return stored;
  }
}
