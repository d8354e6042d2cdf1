package dev.mdp.store.runs;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.KeptOut;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The job runs that this process has begun. A database that went back may not have a run any more,
/// or another one under its id, which the sequence gave again: then the run is registered again,
/// under another id. Who works on it keeps the id of the beginning. Thread-safe.
public final class OwnRuns {
  private static final Logger LOG = LoggerFactory.getLogger(OwnRuns.class);

  private static final String START =
      """
      INSERT INTO job_runs (job_name, dataset_name, provider, mode, status, config_fingerprint,
                            pipeline_version, symbols, metadata)
      VALUES (?, ?, ?, ?, 'running', ?, ?, ?, jsonb_build_object('last_heartbeat', %s))
      RETURNING id, started_at
      """
          .formatted(RunProgressSql.NOW_TEXT);

  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM job_runs WHERE id = ? AND started_at = ?)";

  private final Database database;
  private final Map<Long, Own> runs = new ConcurrentHashMap<>();

  /// A row of the table.
  ///
  /// @param startedAt tells the run from another one that was given the same id; null for a run of
  ///   whom only the id is known
  public record Row(long id, @Nullable OffsetDateTime startedAt) {}

  private record Own(JobRuns.Start start, Row row, RunSymbols symbols) {
    Own(JobRuns.Start start, Row row) {
      this(start, row, new RunSymbols());
      symbols.stored(Set.copyOf(start.symbols()));
    }
  }

  public OwnRuns(Database database) {
    this.database = database;
  }

  /// Begins a run; returns its id for this process.
  long start(JobRuns.Start start) {
    Row row = insert(start);
    runs.put(row.id(), new Own(start, row));
    return row.id();
  }

  /// Where the database had the run when it was last looked at.
  public Row now(long runId) {
    Own own = runs.get(runId);
    return own == null ? new Row(runId, null) : own.row();
  }

  /// Which of the symbols the run's row does not name yet; none for a run of another process.
  public <T> Set<String> freshSymbols(long runId, List<T> rows, Function<T, Symbol> symbolOf) {
    Own own = runs.get(runId);
    return own == null ? Set.of() : own.symbols().fresh(rows, symbolOf);
  }

  /// The row names these now, and that is committed.
  public void symbolsStored(long runId, Set<String> fresh) {
    Own own = runs.get(runId);
    if (own != null && !fresh.isEmpty()) {
      own.symbols().stored(fresh);
    }
  }

  /// Registers the run again when the database does not have it; returns its id there.
  public synchronized long ensured(long runId) {
    Own own = runs.get(runId);
    if (own == null || exists(own.row())) {
      return own == null ? runId : own.row().id();
    }
    Row again = insert(own.start());
    runs.put(runId, new Own(own.start(), again));
    LOG.warn(
        "the database does not have job run {} ({}) any more: it was restored from an older state, or the run was"
            + " removed. Registered again as {}",
        own.row().id(),
        own.start().jobName(),
        again.id());
    return again.id();
  }

  private boolean exists(Row row) {
    return database.query(
        "look for a job run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setLong(1, row.id());
            statement.setObject(2, row.startedAt());
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              return rows.getBoolean(1);
            }
          }
        });
  }

  private Row insert(JobRuns.Start start) {
    return database.query(
        "start a job run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(START)) {
            bind(statement, start);
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                throw KeptOut.of("job_runs", 1, 0);
              }
              return new Row(rows.getLong(1), rows.getObject(2, OffsetDateTime.class));
            }
          }
        });
  }

  private static void bind(PreparedStatement statement, JobRuns.Start start) throws SQLException {
    statement.setString(1, start.jobName());
    statement.setString(2, start.datasetName());
    statement.setString(3, start.provider());
    statement.setString(4, JdbcJobRuns.word(start.mode()));
    statement.setString(5, start.configFingerprint());
    statement.setString(6, start.pipelineVersion());
    statement.setArray(
        7, statement.getConnection().createArrayOf("text", start.symbols().toArray(String[]::new)));
  }
}
