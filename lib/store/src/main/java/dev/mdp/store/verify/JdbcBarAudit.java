package dev.mdp.store.verify;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.event.Interval;
import dev.mdp.store.checkpoints.CheckpointRow;
import dev.mdp.store.checkpoints.TickWorkers;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Bars against ticks in PostgreSQL. Thread-safe.
public final class JdbcBarAudit implements BarAudit {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Beside busy workers the ticks are a moment behind in most snapshots, and level in some.
  private static final int SNAPSHOTS = 15;

  /// Room for the groups of a piece, a plan for each piece, no compilation that takes longer than
  /// the piece.
  static final Map<String, String> SESSION =
      Map.of(
          "idle_in_transaction_session_timeout", "0",
          "work_mem", "64MB",
          "plan_cache_mode", "force_custom_plan",
          "jit", "off");

  private final Database database;

  public JdbcBarAudit(Database database) {
    this.database = database;
  }

  @Override
  public boolean await(AuditScope scope, boolean sealed, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Horizon horizon = database.query("read checkpoints", JdbcBarAudit::horizon);
      if (horizon.behind(scope.provider()).isEmpty() && (!sealed || horizon.isSealed(scope))) {
        return true;
      }
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
  }

  @Override
  public Pass begin(AuditScope scope, Duration pendingOk) {
    return begin(
        snapshot -> new JdbcPass(database, snapshot, level(snapshot, scope, pendingOk), scope));
  }

  @Override
  public Pass beginFiner(AuditScope scope, Interval finer) {
    return begin(snapshot ->
        new FinerPass(
            database, snapshot, level(snapshot, scope, Horizon.PENDING_OK), scope, finer));
  }

  @FunctionalInterface
  private interface Beginning {
    Pass in(Snapshot snapshot) throws SQLException;
  }

  private Pass begin(Beginning work) {
    database.query("check the schema", connection -> true);
    Snapshot snapshot = database.snapshot("verify", SESSION);
    boolean begun = false;
    try {
      Pass pass = work.in(snapshot);
      begun = true;
      return pass;
    } catch (SQLException e) {
      throw database.errors().translate("verify bars", e);
    } finally {
      if (!begun) {
        snapshot.close();
      }
    }
  }

  @Override
  public Repaired repair(List<BarFinding> findings, long runId, boolean allowShrink) {
    return new BarRepair(database, runId, allowShrink).run(findings);
  }

  /// The checkpoints of a snapshot in which the ticks have come as far as the bars; after some
  /// tries those of the last one. That is the snapshot from then on.
  private static Horizon level(Snapshot snapshot, AuditScope scope, Duration pendingOk)
      throws SQLException {
    Horizon horizon = horizon(snapshot.connection(), pendingOk);
    for (int i = 1; i < SNAPSHOTS && !horizon.behind(scope.provider()).isEmpty(); i++) {
      snapshot.renew();
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        i = SNAPSHOTS;
      }
      horizon = horizon(snapshot.connection(), pendingOk);
    }
    return horizon;
  }

  static Horizon horizon(Connection connection) throws SQLException {
    return horizon(connection, Horizon.PENDING_OK);
  }

  private static Horizon horizon(Connection connection, Duration pendingOk) throws SQLException {
    List<CheckpointRow> rows = CheckpointRow.all(connection);
    TickWorkers ticks = TickWorkers.now(connection);
    return new Horizon(rows, ticks.nowMicros(), ticks.alive(), pendingOk);
  }
}
