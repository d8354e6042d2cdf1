package dev.mdp.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The steps for TimescaleDB on a server without it: views of the extension's names say that the
/// tables are compressed hypertables, and its functions keep what they were called with.
final class TimescaleStepsIT {
  private final TestDatabase database = TestDatabase.migrated();

  @BeforeEach
  void pretend() {
    assumeThat(TestDatabase.isTimescale()).isFalse();
    database.execute(
        """
        CREATE SCHEMA timescaledb_information;
        CREATE TABLE timescaledb_information.hypertables AS
        SELECT 'public'::name AS hypertable_schema, name::name AS hypertable_name, true AS compression_enabled
          FROM unnest(ARRAY['bars_ohlcv', 'tick_data', 'signals']) AS name;
        CREATE TABLE timescaledb_information.compression_settings AS
        SELECT 'public'::name AS hypertable_schema, t::name AS hypertable_name, a::name AS attname,
               n AS orderby_column_index, true AS orderby_asc
          FROM (VALUES ('bars_ohlcv', 'ts', 1), ('tick_data', 'ts', 1), ('tick_data', 'seq', 2),
                       ('signals', 'ts', 1), ('signals', 'name', 2), ('signals', 'provider', NULL)) AS v (t, a, n);
        CREATE TABLE timescaledb_information.jobs (
          job_id int GENERATED ALWAYS AS IDENTITY (START 1000), proc_name name, scheduled boolean DEFAULT true,
          hypertable_schema name, hypertable_name name, config jsonb);
        CREATE TABLE timescaledb_information.job_stats (
          job_id int, last_run_status text, total_runs bigint, total_failures bigint, last_run_started_at timestamptz);
        CREATE TABLE timescaledb_information.continuous_aggregates (
          view_schema name, view_name name, materialization_hypertable_schema name, materialization_hypertable_name name);
        CREATE FUNCTION add_compression_policy(of regclass, after interval, if_not_exists boolean DEFAULT false)
        RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT (SELECT rolcanlogin FROM pg_class c JOIN pg_roles r ON r.oid = relowner WHERE c.oid = of) THEN
            RAISE EXCEPTION 'permission denied to start background process as role' USING ERRCODE = '28000';
          END IF;
          INSERT INTO timescaledb_information.jobs (proc_name, hypertable_schema, hypertable_name)
          SELECT 'policy_compression', 'public', relname FROM pg_class WHERE oid = of;
          RETURN 1;
        END $$;
        CREATE FUNCTION add_continuous_aggregate_policy(
          of regclass, start_offset interval, end_offset interval, schedule_interval interval)
        RETURNS int LANGUAGE sql AS $$
          INSERT INTO timescaledb_information.jobs (proc_name, hypertable_schema, hypertable_name, config)
          SELECT 'policy_refresh_continuous_aggregate', 'internal', 'of_' || relname,
                 jsonb_build_object('start_offset', start_offset, 'end_offset', end_offset)
            FROM pg_class WHERE oid = of
          RETURNING job_id;
        $$;
        CREATE FUNCTION remove_continuous_aggregate_policy(of regclass)
        RETURNS void LANGUAGE sql AS $$
          DELETE FROM timescaledb_information.jobs
           WHERE hypertable_name = (SELECT 'of_' || relname FROM pg_class WHERE oid = of);
        $$;
        """);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aTableOfARoleWithoutLoginGetsItsPolicyAndKeepsItsOwner() throws SQLException {
    apply("timescale/compression.sql");
    apply("timescale/compression.sql");

    assertThat(database.text("SELECT count(*) FROM timescaledb_information.jobs")).isEqualTo("3");
    assertThat(
            database.text(
                "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables"
                    + " WHERE tablename IN ('bars_ohlcv', 'tick_data', 'signals')"))
        .isEqualTo("mdp_owner");
  }

  @Test
  void anotherOrderThanThePlannedOneIsAWarningWhereTheServerKeepsIt() throws SQLException {
    database.execute(
        "UPDATE timescaledb_information.compression_settings SET orderby_asc = false WHERE hypertable_name = 'tick_data'");

    List<String> warnings = apply("timescale/compression.sql");

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("tick_data: compressed rows stay ordered by ts DESC, seq DESC");
    assertThat(database.text("SELECT count(*) FROM timescaledb_information.jobs")).isEqualTo("3");
  }

  @Test
  void policiesAndTheirFailuresAreShown() throws SQLException {
    apply("timescale/compression.sql");
    database.execute(
        """
        INSERT INTO timescaledb_information.continuous_aggregates
        VALUES ('public', 'tick_rollup_1m', '_timescaledb_internal', '_materialized_hypertable_4');
        INSERT INTO timescaledb_information.jobs (proc_name, scheduled, hypertable_schema, hypertable_name)
        VALUES ('policy_refresh_continuous_aggregate', false, '_timescaledb_internal', '_materialized_hypertable_4'),
               ('policy_retention', true, 'elsewhere', 'tick_data');
        INSERT INTO timescaledb_information.job_stats
        SELECT job_id, 'Failed', 9, 7, '2026-01-02 03:04:05Z' FROM timescaledb_information.jobs
         WHERE hypertable_name = 'tick_data' AND hypertable_schema = 'public';
        """);

    try (Connection connection = database.connect()) {
      assertThat(TimescaleSteps.policies(connection))
          .containsExactly(
              "bars_ohlcv: compression policy (job 1000)",
              "signals: compression policy (job 1002)",
              "tick_data: compression policy (job 1001), FAILING: 7 of 9 runs, the last one at 2026-01-02T03:04:05Z",
              "tick_rollup_1m: refresh continuous aggregate policy (job 1003), not scheduled");
    }
  }

  @Test
  void rollupsAreRefreshedOverAllTheirTime() throws SQLException {
    rollups();

    apply("timescale/continuous.sql");

    assertThat(refreshes())
        .isEqualTo("1m: - to 00:01:00, 5m: - to 00:05:00, 1h: - to 01:00:00, daily: - to 1 day");
  }

  @Test
  void rollupsAreRefreshedOverWhatARetentionPolicyKeeps() throws SQLException {
    rollups();
    database.execute(
        """
        INSERT INTO timescaledb_information.jobs (proc_name, hypertable_schema, hypertable_name, config)
        VALUES ('policy_retention', 'public', 'tick_data', '{"drop_after": "30 days"}'),
               ('policy_refresh_continuous_aggregate', 'internal', 'of_tick_rollup_1h', '{"start_offset": "3 days"}')
        """);

    apply("timescale/continuous.sql");
    String jobs = database.text("SELECT max(job_id) FROM timescaledb_information.jobs");
    apply("timescale/continuous.sql");

    assertThat(refreshes())
        .isEqualTo(
            "1m: 30 days -00:01:00 to 00:01:00, 5m: 30 days -00:05:00 to 00:05:00,"
                + " 1h: 30 days -01:00:00 to 01:00:00, daily: 29 days to 1 day");
    assertThat(database.text("SELECT max(job_id) FROM timescaledb_information.jobs"))
        .as("nothing the second time")
        .isEqualTo(jobs);
  }

  /// As if this server had made them.
  private void rollups() {
    for (String name : List.of("1m", "5m", "1h", "daily")) {
      database.execute(
          "CREATE VIEW tick_rollup_%1$s AS SELECT 1 AS one; INSERT INTO timescaledb_information.continuous_aggregates VALUES ('public', 'tick_rollup_%1$s', 'internal', 'of_tick_rollup_%1$s')"
              .formatted(name));
    }
  }

  private String refreshes() {
    return database.text(
        """
        SELECT string_agg(substr(hypertable_name, 16) || ': ' || coalesce(config ->> 'start_offset', '-') || ' to '
                            || (config ->> 'end_offset'), ', ' ORDER BY (config ->> 'end_offset')::interval)
          FROM timescaledb_information.jobs WHERE proc_name = 'policy_refresh_continuous_aggregate'
        """);
  }

  @Test
  void hypertablesKeepTheirOwnerWhereTheirChunksCouldNotBeMade() throws SQLException {
    database.execute("CREATE SCHEMA _timescaledb_internal");
    database.execute("ALTER TABLE tick_data OWNER TO CURRENT_USER");

    apply("roles/roles.sql");

    assertThat(owner("tick_data")).isEqualTo("mdp_owner");
    assertThat(
            database.text(
                "SELECT has_schema_privilege('mdp_owner', '_timescaledb_internal', 'CREATE')"))
        .isEqualTo("t");

    String plain = "plain_" + database.name();
    database.execute(
        "CREATE ROLE %s; GRANT mdp_owner TO %s; GRANT CREATE ON SCHEMA public TO %s"
            .formatted(plain, plain, plain));
    database.execute("REVOKE ALL ON SCHEMA _timescaledb_internal FROM mdp_owner");
    database.execute("GRANT USAGE ON SCHEMA timescaledb_information TO PUBLIC");
    database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA timescaledb_information TO PUBLIC");
    database.execute("ALTER TABLE tick_data OWNER TO " + plain);
    database.execute("ALTER TABLE job_runs OWNER TO " + plain);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + plain);
      SqlFile.execute(connection, "roles/roles.sql");
    }

    assertThat(owner("tick_data")).isEqualTo(plain);
    assertThat(owner("job_runs")).isEqualTo("mdp_owner");
    database.execute(
        "ALTER TABLE tick_data OWNER TO mdp_owner; DROP OWNED BY %s; DROP ROLE %s"
            .formatted(plain, plain));
  }

  @Test
  void rollupsAreReadableForReadersAndWriters() throws SQLException {
    database.execute("CREATE VIEW tick_rollup_1h AS SELECT 1 AS one");

    apply("roles/roles.sql");

    assertThat(
            database.text(
                "SELECT has_table_privilege('mdp_writer', 'tick_rollup_1h', 'SELECT')"
                    + " AND has_table_privilege('mdp_reader', 'tick_rollup_1h', 'SELECT')"))
        .isEqualTo("t");
  }

  @Test
  void anExtensionOffTheSearchPathIsFound() throws SQLException {
    database.execute("CREATE SCHEMA \"Elsewhere\"; CREATE EXTENSION cube SCHEMA \"Elsewhere\"");

    try (Connection connection = database.connect()) {
      TimescaleSteps.makeVisible(connection, "cube");
      TimescaleSteps.makeVisible(connection, "cube");

      assertThat(Migrations.texts(connection, "SELECT cube_dim(cube(1))")).containsExactly("1");
      assertThat(Migrations.texts(connection, "SELECT current_schema()")).containsExactly("public");
      assertThat(Migrations.texts(connection, "SHOW search_path").getFirst())
          .endsWith("public, \"Elsewhere\"");
    }
  }

  private String owner(String table) {
    return database.text("SELECT tableowner FROM pg_tables WHERE tablename = '" + table + "'");
  }

  private List<String> apply(String file) throws SQLException {
    try (Connection connection = database.connect()) {
      return SqlFile.execute(connection, file);
    }
  }
}
