package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.bars.BarTable;
import dev.mdp.store.bars.BarWrite;
import dev.mdp.store.bars.NewestBars;
import dev.mdp.store.rows.RowsMoved;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.signals.EvaluationTables;
import dev.mdp.store.signals.SignalTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The database session of one lease: the checkpoint row names it, and all commits of the lease go
/// over it. After any failure it is of no use and must be closed. One thread at a time.
final class LeaseSession implements AutoCloseable {
  private final Connection connection;
  private final long epoch;
  private final Duration lease;
  private final OwnRuns runs;
  private final CheckpointFence fence;
  private final BarTable bars = new BarTable();
  private final NewestBars newest = new NewestBars();

  /// @param intervals what the owner builds; stored with its first commit and not before, because
  ///   only then does the checkpoint say where an added one begins
  LeaseSession(
      Connection connection, long epoch, Duration lease, List<Interval> intervals, OwnRuns runs) {
    this.runs = runs;
    this.connection = connection;
    this.epoch = epoch;
    this.lease = lease;
    this.fence = new CheckpointFence(connection, lease, intervals, runs);
  }

  long epoch() {
    return epoch;
  }

  Duration lease() {
    return lease;
  }

  /// What a commit did.
  record Committed(CommitResult result, String method) {}

  Committed commit(Lease held, Checkpoint next, FencedWrite.Bars offer, RunProgress progress)
      throws SQLException {
    List<Bar> offered = offer.bars();
    BarWrite write = write(offered, runs.now(progress.runId()).id(), offer.repairs().done());
    PendingRepairTable.write(connection, held.key(), offer.repairs());
    Failpoint.BARS_BEFORE_FENCE.pass();
    long written = write.result().inserted() + write.result().updated();
    Set<String> symbols = runs.freshSymbols(progress.runId(), offered, Bar::symbol);
    Instant until =
        fence.pass(held, next.withConflicting(write.conflicting()), progress, written, symbols);
    Failpoint.BARS_AFTER_FENCE.pass();
    connection.commit();
    runs.symbolsStored(progress.runId(), symbols);
    if (!offered.isEmpty()) {
      newest.committed(offered);
    }
    Lease extended = new Lease(held.key(), held.owner(), held.epoch(), held.commitSeq() + 1, until);
    return new Committed(
        new CommitResult(extended, write.result(), write.conflicting()), write.method());
  }

  /// Signals and what evaluations leave go before the fence, like bars.
  CommitResult commit(Lease held, Checkpoint next, Evaluated evaluated, RunProgress progress)
      throws SQLException {
    WriteResult signals = SignalTable.write(connection, evaluated.signals());
    EvaluationTables.write(connection, held.key(), evaluated);
    Failpoint.SIGNALS_BEFORE_FENCE.pass();
    Set<String> symbols =
        runs.freshSymbols(progress.runId(), evaluated.states(), SymbolState::symbol);
    long written = signals.inserted() + signals.updated();
    Instant until = fence.pass(held, next, progress, written, symbols);
    Failpoint.SIGNALS_AFTER_FENCE.pass();
    connection.commit();
    runs.symbolsStored(progress.runId(), symbols);
    Lease extended = new Lease(held.key(), held.owner(), held.epoch(), held.commitSeq() + 1, until);
    return new CommitResult(extended, signals, List.of());
  }

  /// The bulk goes before the fence: a process that is stopped while sending holds no checkpoint
  /// row.
  private BarWrite write(List<Bar> offered, long runId, List<PendingRepair> filled)
      throws SQLException {
    if (offered.isEmpty()) {
      return BarWrite.NONE;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return bars.write(connection, offered, runId, filled, newest);
      } catch (RowsMoved moved) {
        connection.rollback();
        newest.distrust();
        if (attempt == RowsMoved.ATTEMPTS) {
          throw new ConflictException(
              "write bars: another writer keeps changing the same bars; try again", moved);
        }
      }
    }
  }

  /// Ends the session; what was not committed is rolled back by the server.
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
