package dev.mdp.store.verify;

import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.event.Bar;
import dev.mdp.store.bars.BarCause;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;

/// Writes recomputed bars in one transaction: the bulk first, then the fence, as workers do, so
/// that both take their locks in one order. One use.
final class BarRepair {
  private static final int ATTEMPTS = 5;

  private static final Comparator<BarFinding> KEY_ORDER =
      Comparator.<BarFinding, String>comparing(finding -> finding.bar().provider())
          .thenComparing(finding -> finding.bar().symbol())
          .thenComparing(finding -> finding.bar().interval().toString())
          .thenComparingLong(finding -> finding.bar().startMicros());

  private final Database database;
  private final long runId;
  private final boolean allowShrink;

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
      } catch (RepairFence.Reopened reopened) {
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
    List<BarFinding> closed = findings.stream().filter(one -> !window(one).isOpen(seen)).toList();
    List<BarFinding> fresh = closed.stream().filter(one -> one.stored() == null).toList();
    List<BarFinding> gone = closed.stream().filter(one -> one.recomputed() == null).toList();
    List<BarFinding> changed =
        closed.stream().filter(one -> one.stored() != null && one.recomputed() != null).toList();
    long written =
        RepairTable.update(connection, changed, runId, BarCause.REPAIR)
            + RepairTable.insert(connection, fresh, runId, BarCause.REPAIR);
    long removed = RepairTable.delete(connection, gone);
    RepairFence.pass(connection, seen, closed.stream().map(BarRepair::window).toList());
    return new Repaired(written, removed, 0, findings.size() - written - removed);
  }

  private static BarWindow window(BarFinding finding) {
    return BarWindow.of(finding.bar());
  }
}
