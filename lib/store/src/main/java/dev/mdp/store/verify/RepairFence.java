package dev.mdp.store.verify;

import dev.mdp.core.checkpoint.CheckpointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/// The last statement of a transaction that repairs bars: it keeps the checkpoints of their shards
/// from changing and sees that no lane has opened a window again. Stateless.
final class RepairFence {
  private static final String FENCE =
      """
      SELECT 1 FROM stream_checkpoints
       WHERE (consumer_group, topic, shard) IN (SELECT * FROM unnest(?::text[], ?::text[], ?::int[]))
       ORDER BY consumer_group, topic, shard FOR SHARE
      """;

  /// A lane opened a window between the look and the fence.
  static final class Reopened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reopened() {
      super("a window was opened again", null, false, false);
    }
  }

  private RepairFence() {}

  /// Throws [Reopened] when the caller has to roll back and look again.
  ///
  /// @param seen the checkpoints by which the windows were found to be closed
  static void pass(Connection connection, Horizon seen, List<BarWindow> windows)
      throws SQLException {
    SequencedSet<CheckpointKey> keys =
        new TreeSet<>(
            Comparator.comparing(CheckpointKey::group)
                .thenComparing(CheckpointKey::topic)
                .thenComparingInt(CheckpointKey::shard));
    for (BarWindow one : windows) {
      seen.of(one.provider(), one.symbol().value()).forEach(row -> keys.add(row.status().key()));
    }
    try (PreparedStatement statement = connection.prepareStatement(FENCE)) {
      List<CheckpointKey> list = new ArrayList<>(keys);
      statement.setArray(
          1, connection.createArrayOf("text", list.stream().map(CheckpointKey::group).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", list.stream().map(CheckpointKey::topic).toArray()));
      statement.setArray(
          3, connection.createArrayOf("int4", list.stream().map(CheckpointKey::shard).toArray()));
      statement.execute();
    }
    Horizon locked = JdbcBarAudit.horizon(connection);
    if (windows.stream().anyMatch(one -> one.isOpen(locked))) {
      throw new Reopened();
    }
  }
}
