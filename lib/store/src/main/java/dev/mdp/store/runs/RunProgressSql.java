package dev.mdp.store.runs;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.run.RunProgress;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds a commit's progress to its job run, inside the caller's transaction. The ledgers of several
/// shards stand side by side in `metadata.ledger`.
public final class RunProgressSql {
  /// The current time as `last_heartbeat` has it.
  static final String NOW_TEXT =
      "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

  /// With the ten parameters of [#bind].
  public static final String UPDATE =
      """
      UPDATE job_runs
         SET rows_written = rows_written + ?,
             rows_failed = rows_failed + ?,
             min_ts = least(min_ts, ?::timestamptz),
             max_ts = greatest(max_ts, ?::timestamptz),
             symbols = CASE WHEN ?::text[] IS NULL THEN symbols
                            ELSE ARRAY(SELECT DISTINCT one FROM unnest(symbols || ?::text[]) AS one
                                        ORDER BY one) END,
             metadata = metadata || jsonb_build_object(
               'last_heartbeat', %s,
               'ledger', coalesce(metadata -> 'ledger', '{}'::jsonb)
                         || jsonb_build_object(?::text, ?::jsonb))
       WHERE id = ? AND started_at = coalesce(?::timestamptz, started_at)
      """
          .formatted(NOW_TEXT);

  private RunProgressSql() {}

  /// Returns the index of the next parameter.
  ///
  /// @param symbols those that the run's row does not name yet
  public static int bind(
      PreparedStatement statement,
      int first,
      OwnRuns.Row run,
      RunProgress progress,
      long rowsWritten,
      Set<String> symbols)
      throws SQLException {
    int index = first;
    statement.setLong(index++, rowsWritten);
    statement.setLong(index++, progress.rowsFailed());
    bindTime(statement, index++, time(progress.minMicros(), Long.MAX_VALUE));
    bindTime(statement, index++, time(progress.maxMicros(), Long.MIN_VALUE));
    for (int i = 0; i < 2; i++) {
      if (symbols.isEmpty()) {
        statement.setNull(index++, Types.ARRAY, "_text");
      } else {
        statement.setArray(
            index++,
            statement.getConnection().createArrayOf("text", symbols.toArray(String[]::new)));
      }
    }
    statement.setString(index++, Integer.toString(progress.shard()));
    statement.setString(index++, LedgerJson.write(progress.ledger()));
    statement.setLong(index++, run.id());
    bindTime(statement, index++, run.startedAt());
    return index;
  }

  /// Records the progress of several shards; the rows written and the symbols count for the first
  /// run named. Throws [UnavailableException] when the database has one of the runs no more.
  ///
  /// @param symbols those that the first run's row does not name yet
  public static void record(
      Connection connection,
      OwnRuns runs,
      List<RunProgress> progress,
      long rowsWritten,
      Set<String> symbols)
      throws SQLException {
    List<RunProgress> ordered = new ArrayList<>(progress);
    ordered.removeIf(one -> one.runId() == 0);
    ordered.sort(Comparator.comparingLong(RunProgress::runId)); // one order of locks for all
    long left = rowsWritten;
    Set<String> toName = symbols;
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      for (RunProgress one : ordered) {
        OwnRuns.Row run = runs.now(one.runId());
        bind(statement, 1, run, one, left, toName);
        if (statement.executeUpdate() == 0 && run.startedAt() != null) {
          throw new UnavailableException(
              "the database does not have job run " + run.id() + " any more, nothing was written");
        }
        left = 0;
        toName = Set.of();
      }
    }
  }

  private static @Nullable OffsetDateTime time(long micros, long none) {
    return micros == none ? null : RowTable.utc(micros);
  }

  private static void bindTime(
      PreparedStatement statement, int index, @Nullable OffsetDateTime time) throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(index, time);
    }
  }
}
