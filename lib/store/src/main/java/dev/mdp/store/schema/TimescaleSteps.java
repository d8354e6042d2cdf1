package dev.mdp.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What TimescaleDB does for our tables where it is installed in the database: hypertables always,
/// compression and continuous aggregates where its licence allows. On plain PostgreSQL nothing.
final class TimescaleSteps {
  private static final String NAME = "timescaledb";
  private static final String COMMUNITY = "timescale";

  private static final String ROLLUPS =
      """
      SELECT name || CASE WHEN view_name IS NULL THEN ': left out, this server refused it'
                          ELSE ': continuous aggregate' END
        FROM unnest(ARRAY['tick_rollup_1m', 'tick_rollup_5m', 'tick_rollup_1h', 'tick_rollup_daily']) AS name
        LEFT JOIN timescaledb_information.continuous_aggregates
          ON view_name = name AND view_schema = current_schema()
       ORDER BY name
      """;

  /// What the server does by itself, and whether it last failed at it.
  private static final String POLICIES =
      """
      SELECT coalesce(ca.view_name, j.hypertable_name) || ': '
               || replace(replace(j.proc_name, 'policy_', ''), '_', ' ') || ' policy (job ' || j.job_id || ')'
               || CASE WHEN s.last_run_status = 'Failed'
                       THEN ', FAILING: ' || s.total_failures || ' of ' || s.total_runs
                            || ' runs, the last one at ' || to_char(s.last_run_started_at AT TIME ZONE 'UTC',
                                                                    'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                       WHEN NOT j.scheduled THEN ', not scheduled' ELSE '' END
        FROM timescaledb_information.jobs j
        LEFT JOIN timescaledb_information.job_stats s ON s.job_id = j.job_id
        LEFT JOIN timescaledb_information.continuous_aggregates ca
          ON ca.materialization_hypertable_schema = j.hypertable_schema
         AND ca.materialization_hypertable_name = j.hypertable_name
       WHERE coalesce(ca.view_schema, j.hypertable_schema) = current_schema()
       ORDER BY 1
      """;

  /// The extension may be in a schema that is on no search path, and its functions are called by
  /// their plain names. For the session.
  private static final String MAKE_VISIBLE =
      """
      SELECT set_config('search_path',
                        concat_ws(', ', nullif(current_setting('search_path'), ''), quote_ident(n.nspname)), %b)
        FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
       WHERE e.extname = '%s' AND n.nspname <> ALL (current_schemas(true))
      """;

  private TimescaleSteps() {}

  static void makeVisible(Connection connection, String extension) throws SQLException {
    Migrations.texts(connection, MAKE_VISIBLE.formatted(!connection.getAutoCommit(), extension));
  }

  static List<String> policies(Connection connection) throws SQLException {
    return Migrations.texts(connection, POLICIES);
  }

  static void apply(Connection connection) throws SQLException {
    if (extension(connection).isEmpty()) {
      return;
    }
    makeVisible(connection, NAME);
    SqlFile.execute(connection, "timescale/hypertables.sql");
    if (license(connection).equals(COMMUNITY)) {
      SqlFile.execute(connection, "timescale/compression.sql");
      SqlFile.execute(connection, "timescale/continuous.sql");
    }
  }

  static SchemaStatus.Timescale status(Connection connection) throws SQLException {
    String extension = extension(connection);
    if (extension.isEmpty()) {
      return new SchemaStatus.Timescale(
          "",
          "",
          List.of("plain PostgreSQL: no hypertables, no compression, no continuous aggregates"));
    }
    makeVisible(connection, NAME);
    String license = license(connection);
    List<String> steps =
        new ArrayList<>(
            Migrations.texts(
                connection,
                "SELECT hypertable_name || ': hypertable'"
                    + " || CASE WHEN compression_enabled THEN ', compressed' ELSE '' END"
                    + " FROM timescaledb_information.hypertables"
                    + " WHERE hypertable_schema = current_schema() ORDER BY 1"));
    if (license.equals(COMMUNITY)) {
      steps.addAll(Migrations.texts(connection, ROLLUPS));
      steps.addAll(policies(connection));
    } else {
      steps.add(
          "compression and continuous aggregates left out: the server's licence is '"
              + license
              + "'");
    }
    return new SchemaStatus.Timescale(extension, license, steps);
  }

  private static String extension(Connection connection) throws SQLException {
    return first(connection, "SELECT extversion FROM pg_extension WHERE extname = '" + NAME + "'");
  }

  private static String license(Connection connection) throws SQLException {
    return first(connection, "SELECT coalesce(current_setting('timescaledb.license', true), '')");
  }

  private static String first(Connection connection, String sql) throws SQLException {
    List<String> texts = Migrations.texts(connection, sql);
    return texts.isEmpty() ? "" : texts.getFirst();
  }
}
