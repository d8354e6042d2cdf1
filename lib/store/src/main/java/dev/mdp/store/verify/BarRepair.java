package dev.mdp.store.verify;

import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.event.Bar;
import dev.mdp.store.bars.BarCause;
import dev.mdp.store.checkpoints.CheckpointRow;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Writes recomputed bars in one transaction: the bulk first, then the fence, as workers do, so
/// that both take their locks in one order. The fence keeps the checkpoints of the bars' shards
/// from changing and sees that no lane has opened a window again. One use.
final class BarRepair {
  private static final int ATTEMPTS = 5;

  private static final Comparator<BarFinding> KEY_ORDER =
      Comparator.<BarFinding, String>comparing(finding -> finding.bar().provider())
          .thenComparing(finding -> finding.bar().symbol())
          .thenComparing(finding -> finding.bar().interval().toString())
          .thenComparingLong(finding -> finding.bar().startMicros());

  private static final String FENCE =
      """
      SELECT 1 FROM stream_checkpoints
       WHERE (consumer_group, topic, shard) IN (SELECT * FROM unnest(?::text[], ?::text[], ?::int[]))
       ORDER BY consumer_group, topic, shard FOR SHARE
      """;

  private final Database database;
  private final long runId;
  private final boolean allowShrink;

  /// A lane opened a window between the look and the fence.
  private static final class Reopened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reopened() {
      super("a window was opened again", null, false, false);
    }
  }

  BarRepair(Database database, long runId, boolean allowShrink) {
    this.database = database;
    this.runId = runId;
    this.allowShrink = allowShrink;
  }

  Repaired run(List<BarFinding> findings) {
    List<BarFinding> willing =
        findings.stream().filter(this::mayBeWritten).sorted(KEY_ORDER).toList();
    long shrinking = findings.size() - willing.size();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return database
            .transaction("repair bars", connection -> once(connection, willing))
            .plus(new Repaired(0, 0, shrinking, 0));
      } catch (Reopened reopened) {
        // look again
      }
    }
    throw new ConflictException(
        "repair bars: replays keep opening these windows; run it again when they have ended");
  }

  private boolean mayBeWritten(BarFinding finding) {
    Bar stored = finding.stored();
    Bar recomputed = finding.recomputed();
    return allowShrink
        || stored == null
        || (recomputed != null && recomputed.tradeCount() >= stored.tradeCount());
  }

  private Repaired once(Connection connection, List<BarFinding> findings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (var setting : RowTable.PLANNER_SETTINGS.entrySet()) {
        statement.execute("SET LOCAL " + setting.getKey() + " = " + setting.getValue());
      }
    }
    Horizon seen = JdbcBarAudit.horizon(connection);
    List<BarFinding> closed = findings.stream().filter(one -> !isOpen(seen, one)).toList();
    List<BarFinding> fresh = closed.stream().filter(one -> one.stored() == null).toList();
    List<BarFinding> gone = closed.stream().filter(one -> one.recomputed() == null).toList();
    List<BarFinding> changed =
        closed.stream().filter(one -> one.stored() != null && one.recomputed() != null).toList();
    long written =
        RepairTable.update(connection, changed, runId, BarCause.REPAIR)
            + RepairTable.insert(connection, fresh, runId, BarCause.REPAIR);
    long removed = RepairTable.delete(connection, gone);
    fence(connection, seen, closed);
    return new Repaired(written, removed, 0, findings.size() - written - removed);
  }

  private static void fence(Connection connection, Horizon seen, List<BarFinding> findings)
      throws SQLException {
    SequencedSet<CheckpointKey> keys =
        new TreeSet<>(
            Comparator.comparing(CheckpointKey::group)
                .thenComparing(CheckpointKey::topic)
                .thenComparingInt(CheckpointKey::shard));
    for (BarFinding one : findings) {
      seen.of(one.bar().provider(), one.bar().symbol().value())
          .forEach(row -> keys.add(row.status().key()));
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
    if (findings.stream().anyMatch(one -> isOpen(locked, one))) {
      throw new Reopened();
    }
  }

  private static boolean isOpen(Horizon horizon, BarFinding finding) {
    Bar bar = finding.bar();
    List<CheckpointRow> rows = horizon.of(bar.provider(), bar.symbol().value());
    return !horizon
        .rule(rows, bar.provider(), bar.interval())
        .openIn(bar.startMicros(), bar.startMicros() + 1)
        .isEmpty();
  }
}
