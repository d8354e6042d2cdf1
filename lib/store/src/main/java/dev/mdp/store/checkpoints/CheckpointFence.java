package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.run.RunProgress;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.runs.LedgerJson;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.runs.RunProgressSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The last statement of each commit of a lease: moves its checkpoint on, and lets only the last
/// claim of the shard commit. Runs inside the session's transaction. One thread at a time.
final class CheckpointFence {
  /// Locks the row only when the epoch, the commit number and the owner are ours; the job run after
  /// it. A database that was restored gives the same numbers again, to other owners.
  private static final String SQL =
      "WITH fence AS (UPDATE stream_checkpoints SET commit_seq = commit_seq + 1, committed = true,"
          + " lease_until = clock_timestamp() + make_interval(secs => ?), position = ?,"
          + " resume_position = ?, anchor = ?::jsonb, lanes = ?::jsonb, ledger = ?::jsonb,"
          + " intervals = ?, gap_until = ?, settings = ?::jsonb"
          + CheckpointRow.OF_KEY
          + " AND epoch = ? AND commit_seq = ? AND owner = ? RETURNING lease_until), run AS ("
          + RunProgressSql.UPDATE
          + " AND EXISTS (SELECT FROM fence)) SELECT lease_until FROM fence";

  private final Connection connection;
  private final Duration lease;
  private final String[] intervals;
  private final OwnRuns runs;

  /// @param intervals what the owner builds
  CheckpointFence(Connection connection, Duration lease, List<Interval> intervals, OwnRuns runs) {
    this.connection = connection;
    this.lease = lease;
    this.intervals = intervals.stream().map(Interval::toString).toArray(String[]::new);
    this.runs = runs;
  }

  /// Returns until when the lease is extended. Throws [FencedException] when it was lost.
  ///
  /// @param written rows that this commit writes
  /// @param symbols those that the run's row does not name yet
  Instant pass(Lease held, Checkpoint next, RunProgress progress, long written, Set<String> symbols)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setDouble(1, lease.toMillis() / 1_000.0);
      statement.setString(2, next.position().toString());
      statement.setString(3, next.resumePosition().toString());
      statement.setString(4, AnchorJson.write(next.anchor()));
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
}
