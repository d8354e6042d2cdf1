package dev.mdp.store.checkpoints;

import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Evaluated;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.RunProgress;
import dev.mdp.core.store.SymbolState;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.bars.BarTable;
import dev.mdp.store.bars.BarWrite;
import dev.mdp.store.bars.NewestBars;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowsMoved;
import dev.mdp.store.runs.LedgerJson;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.runs.RunProgressSql;
import dev.mdp.store.signals.EvaluationTables;
import dev.mdp.store.signals.SignalTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The database session of one lease: the checkpoint row names it, and all commits of the lease go
/// over it. After any failure it is of no use and must be closed. One thread at a time.
final class LeaseSession implements AutoCloseable {
  /// Locks the row only when the epoch, the commit number and the owner are ours; the job run after
  /// it. A database that was restored gives the same numbers again, to other owners.
  private static final String FENCE =
      "WITH fence AS (UPDATE stream_checkpoints SET commit_seq = commit_seq + 1, committed = true,"
          + " lease_until = clock_timestamp() + make_interval(secs => ?), position = ?,"
          + " resume_position = ?, anchor = ?::jsonb, lanes = ?::jsonb, ledger = ?::jsonb,"
          + " intervals = ?, gap_until = ?, settings = ?::jsonb"
          + CheckpointRow.OF_KEY
          + " AND epoch = ? AND commit_seq = ? AND owner = ? RETURNING lease_until), run AS ("
          + RunProgressSql.UPDATE
          + " AND EXISTS (SELECT FROM fence)) SELECT lease_until FROM fence";

  private final Connection connection;
  private final long epoch;
  private final Duration lease;
  private final String[] intervals;
  private final OwnRuns runs;
  private final BarTable bars = new BarTable();
  private final NewestBars newest = new NewestBars();

  /// @param intervals what the owner builds; stored with its first commit and not before, because
  ///   only then does the checkpoint say where an added one begins
  LeaseSession(
      Connection connection, long epoch, Duration lease, List<Interval> intervals, OwnRuns runs) {
    this.runs = runs;
    this.intervals = intervals.stream().map(Interval::toString).toArray(String[]::new);
    this.connection = connection;
    this.epoch = epoch;
    this.lease = lease;
  }

  long epoch() {
    return epoch;
  }

  Duration lease() {
    return lease;
  }

  /// What a commit did.
  record Committed(CommitResult result, String method) {}

  Committed commit(Lease held, Checkpoint next, List<Bar> offered, RunProgress progress)
      throws SQLException {
    BarWrite write = write(offered, runs.now(progress.runId()).id());
    Failpoint.BARS_BEFORE_FENCE.pass();
    long written = write.result().inserted() + write.result().updated();
    Set<String> symbols = runs.freshSymbols(progress.runId(), offered, Bar::symbol);
    Instant until =
        fence(held, next.withConflicting(write.conflicting()), progress, written, symbols);
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
    Instant until = fence(held, next, progress, signals.inserted() + signals.updated(), symbols);
    Failpoint.SIGNALS_AFTER_FENCE.pass();
    connection.commit();
    runs.symbolsStored(progress.runId(), symbols);
    Lease extended = new Lease(held.key(), held.owner(), held.epoch(), held.commitSeq() + 1, until);
    return new CommitResult(extended, signals, List.of());
  }

  /// The bulk goes before the fence: a process that is stopped while sending holds no checkpoint
  /// row.
  private BarWrite write(List<Bar> offered, long runId) throws SQLException {
    if (offered.isEmpty()) {
      return BarWrite.NONE;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return bars.write(connection, offered, runId, newest);
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

  private Instant fence(
      Lease held, Checkpoint next, RunProgress progress, long written, Set<String> symbols)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FENCE)) {
      statement.setDouble(1, lease.toMillis() / 1_000.0);
      statement.setString(2, next.position().toString());
      statement.setString(3, next.resumePosition().toString());
      statement.setString(4, CheckpointJson.anchor(next.anchor()));
      statement.setString(5, CheckpointJson.lanes(next.lanes()));
      statement.setString(6, LedgerJson.write(next.ledger()));
      statement.setArray(7, connection.createArrayOf("text", intervals));
      statement.setString(8, next.gapUntil().toString());
      statement.setString(9, SettingsJson.write(next.judgedBy()));
      Claim.bindKey(statement, 10, held.key());
      statement.setLong(13, held.epoch());
      statement.setLong(14, held.commitSeq());
      statement.setString(15, held.owner());
      RunProgressSql.bind(statement, 16, runs.now(progress.runId()), progress, written, symbols);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          requireLost(held);
          throw new FencedException(
              held.key()
                  + ": the lease of epoch "
                  + held.epoch()
                  + " was lost, or commit "
                  + held.commitSeq()
                  + " of '"
                  + held.owner()
                  + "' is not the next; nothing was written");
        }
        return Objects.requireNonNull(CheckpointRow.instant(rows, "lease_until"));
      }
    }
  }

  /// A row that is still ours was not taken by anyone: the table keeps the commit out.
  private void requireLost(Lease held) throws SQLException {
    CheckpointRow row = Claim.find(connection, held.key(), "");
    if (row != null
        && row.status().epoch() == held.epoch()
        && row.status().commitSeq() == held.commitSeq()
        && held.owner().equals(row.status().owner())) {
      throw KeptOut.of("stream_checkpoints", 1, 0);
    }
  }

  /// Ends the session; what was not committed is rolled back by the server.
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
