package dev.mdp.store.runs;

import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.core.run.JobRuns;
import dev.mdp.store.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `job_runs` in PostgreSQL. Thread-safe.
public final class JdbcJobRuns implements JobRuns {
  private static final String HEARTBEAT =
      "UPDATE job_runs SET metadata = metadata || jsonb_build_object('last_heartbeat', "
          + RunProgressSql.NOW_TEXT
          + ") WHERE id = ?";

  private static final String FINISH =
      """
      UPDATE job_runs
         SET status = ?, rows_written = greatest(rows_written, ?), error_message = ?, metadata = metadata || ?::jsonb,
             completed_at = clock_timestamp()
       WHERE id = ?
      RETURNING job_name, coalesce(provider, '') AS provider, mode
      """;

  private static final String SELECT =
      """
      SELECT id, job_name, dataset_name, provider, mode, status, config_fingerprint,
             pipeline_version, rows_written, rows_failed, symbols, min_ts, max_ts, error_message,
             metadata, started_at, completed_at, elapsed_ms
        FROM job_runs
      """;

  private static final String RECORDED =
      SELECT + " WHERE job_name = ? AND provider = ? AND metadata @> ?::jsonb LIMIT 1";

  private static final String LAST_SIGN =
      "greatest(started_at, completed_at, (metadata ->> 'last_heartbeat')::timestamptz)";

  private static final String OLD = LAST_SIGN + " < clock_timestamp() - make_interval(secs => ?)";

  private final Database database;
  private final StoreMetrics metrics;
  private final OwnRuns runs;

  public JdbcJobRuns(Database database, StoreMetrics metrics) {
    this(database, metrics, new OwnRuns(database));
  }

  /// @param runs the job runs of this process
  public JdbcJobRuns(Database database, StoreMetrics metrics, OwnRuns runs) {
    this.database = database;
    this.metrics = metrics;
    this.runs = runs;
  }

  @Override
  public long start(Start start) {
    return runs.start(start);
  }

  @Override
  public void heartbeat(long id) {
    long now = runs.ensured(id);
    update("job run heartbeat", HEARTBEAT, statement -> statement.setLong(1, now));
  }

  @Override
  public void finish(
      long id, Status status, long rowsWritten, @Nullable String error, String metadataJson) {
    long now = runs.ensured(id);
    record Ended(String jobName, String provider, String mode) {}
    Optional<Ended> ended =
        one(
            "finish a job run",
            FINISH,
            statement -> {
              statement.setString(1, word(status));
              statement.setLong(2, rowsWritten);
              statement.setString(3, error);
              statement.setString(4, metadataJson);
              statement.setLong(5, now);
            },
            row -> new Ended(row.getString(1), row.getString(2), row.getString(3)));
    ended.ifPresent(run -> metrics.jobRun(run.jobName(), run.provider(), run.mode(), word(status)));
  }

  @Override
  public List<Run> list(Filter filter) {
    String sql =
        SELECT
            + " WHERE (?::text IS NULL OR job_name = ?) AND (?::text IS NULL OR status = ?)"
            + " ORDER BY started_at DESC, id DESC LIMIT ?";
    return all(
        "list job runs",
        sql,
        statement -> {
          String status = filter.status() == null ? null : word(filter.status());
          statement.setString(1, filter.jobName());
          statement.setString(2, filter.jobName());
          statement.setString(3, status);
          statement.setString(4, status);
          statement.setInt(5, filter.limit());
        },
        JdbcJobRuns::run);
  }

  @Override
  public Optional<Run> inspect(long id) {
    return one(
        "inspect a job run",
        SELECT + " WHERE id = ?",
        statement -> statement.setLong(1, id),
        JdbcJobRuns::run);
  }

  @Override
  public Map<String, LedgerCounts> ledgers(Run run) {
    return LedgerJson.readShards(run.metadataJson());
  }

  @Override
  public List<LateSymbol> late(Run run) {
    return LateJson.read(run.metadataJson());
  }

  @Override
  public boolean hasRecorded(String jobName, String provider, String metadataJson) {
    return !all(
            "look for a job run",
            RECORDED,
            statement -> {
              statement.setString(1, jobName);
              statement.setString(2, provider);
              statement.setString(3, metadataJson);
            },
            JdbcJobRuns::run)
        .isEmpty();
  }

  @Override
  public List<Run> stuck(Duration olderThan) {
    return all(
        "look for stuck job runs",
        SELECT + " WHERE status = 'running' AND " + OLD + " ORDER BY started_at, id",
        statement -> statement.setDouble(1, seconds(olderThan)),
        JdbcJobRuns::run);
  }

  @Override
  public List<Summary> summary() {
    return all(
        "summarise job runs",
        "SELECT * FROM job_runs_summary ORDER BY job_name, provider, status",
        statement -> {},
        row ->
            new Summary(
                row.getString("job_name"),
                row.getString("provider"),
                status(row.getString("status")),
                row.getLong("run_count"),
                (Double) row.getObject("avg_duration_ms"),
                row.getLong("total_rows"),
                instant(row, "last_run_at"),
                row.getLong("failure_count")));
  }

  @Override
  public long cleanup(Duration olderThan, boolean dryRun) {
    if (dryRun) {
      return one(
              "count old job runs",
              "SELECT count(*) FROM job_runs WHERE " + OLD,
              statement -> statement.setDouble(1, seconds(olderThan)),
              row -> row.getLong(1))
          .orElseThrow();
    }
    return update(
        "remove old job runs",
        "DELETE FROM job_runs WHERE " + OLD,
        statement -> statement.setDouble(1, seconds(olderThan)));
  }

  @FunctionalInterface
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Mapping<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> one(String what, String sql, Binding binding, Mapping<T> mapping) {
    return all(what, sql, binding, mapping).stream().findFirst();
  }

  private <T> List<T> all(String what, String sql, Binding binding, Mapping<T> mapping) {
    return database.query(
        what,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.add(mapping.of(rows));
              }
            }
            return found;
          }
        });
  }

  private long update(String what, String sql, Binding binding) {
    return database.query(
        what,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(statement);
            return statement.executeLargeUpdate();
          }
        });
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getString("job_name"),
        row.getString("dataset_name"),
        row.getString("provider"),
        Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        status(row.getString("status")),
        row.getString("config_fingerprint"),
        row.getString("pipeline_version"),
        row.getLong("rows_written"),
        row.getLong("rows_failed"),
        List.of((String[]) row.getArray("symbols").getArray()),
        nullableInstant(row, "min_ts"),
        nullableInstant(row, "max_ts"),
        row.getString("error_message"),
        row.getString("metadata"),
        instant(row, "started_at"),
        nullableInstant(row, "completed_at"),
        (Long) row.getObject("elapsed_ms"));
  }

  private static Status status(String word) {
    return Status.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(nullableInstant(row, column));
  }

  private static @Nullable Instant nullableInstant(ResultSet row, String column)
      throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
