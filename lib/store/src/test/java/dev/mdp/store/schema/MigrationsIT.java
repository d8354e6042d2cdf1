package dev.mdp.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.SchemaCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MigrationsIT {
  private static final List<String> TICK_VIEWS =
      List.of(
          "tick_series",
          "tick_days",
          "tick_agg_1m",
          "tick_agg_5m",
          "tick_agg_1h",
          "tick_vwap_daily",
          "tick_spread_stats",
          "tick_rate_stats");

  @Test
  void migratesOnceAndTellsTheState() {
    try (TestDatabase empty = TestDatabase.empty();
        Database database = new Database(empty.settings())) {
      Migrations migrations = new Migrations(database);
      assertThat(migrations.pending())
          .containsExactly(
              "0001 market data",
              "0002 job runs",
              "0003 stream checkpoints",
              "0004 tick analytics",
              "0005 stream members",
              "0006 inference state",
              "0007 numbers rounded once",
              "0008 checkpoint settings",
              "0009 writer defaults",
              "0010 weeks",
              "0011 feeds",
              "0012 pending repairs",
              "0013 tick corrections");
      assertThat(migrations.status().schemaVersion()).isZero();

      assertThat(migrations.migrate()).isEqualTo(SchemaCheck.PROGRAM_VERSION);

      assertThat(migrations.migrate()).isZero();
      SchemaStatus status = migrations.status();
      assertThat(status.schemaVersion()).isEqualTo(SchemaCheck.PROGRAM_VERSION);
      assertThat(status.pending()).isEmpty();
      assertThat(status.serverVersion()).matches("[0-9]+\\.[0-9]+.*");
      assertThat(status.tables())
          .extracting(SchemaStatus.TableStatus::name)
          .containsExactly(
              "bars_ohlcv",
              "feed_cursors",
              "feed_gaps",
              "feed_positions",
              "feed_series",
              "feed_states",
              "inference_state",
              "job_runs",
              "pending_repairs",
              "prune_bounds",
              "rate_budgets",
              "signal_outbox",
              "signals",
              "stream_checkpoints",
              "stream_members",
              "tick_corrections",
              "tick_data");
      assertThat(status.timescale().isInstalled()).isEqualTo(TestDatabase.isTimescale());
      assertThat(status.timescale().steps())
          .containsAll(
              TestDatabase.isTimescale()
                  ? List.of(
                      "bars_ohlcv: hypertable, compressed",
                      "signals: hypertable, compressed",
                      "tick_data: hypertable, compressed",
                      "tick_rollup_1h: continuous aggregate",
                      "tick_rollup_1m: continuous aggregate",
                      "tick_rollup_5m: continuous aggregate",
                      "tick_rollup_daily: continuous aggregate")
                  : List.of(
                      "plain PostgreSQL: no hypertables, no compression, no continuous"
                          + " aggregates"));
      assertThat(status.roles())
          .containsExactly("mdp_cleaner", "mdp_migrate", "mdp_owner", "mdp_reader", "mdp_writer");
    }
  }

  @Test
  void ofTwoMigrationsAtOnceOneWaits() throws Exception {
    try (TestDatabase empty = TestDatabase.empty();
        Database database = new Database(empty.settings());
        var threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> migrate = () -> new Migrations(database).migrate();
      int applied = 0;
      for (var result : threads.invokeAll(List.of(migrate, migrate, migrate, migrate))) {
        applied += result.get();
      }

      assertThat(applied).isEqualTo(SchemaCheck.PROGRAM_VERSION);
    }
  }

  @Test
  void aReaderThatMeetsAMigrationInADeadlockDoesNotEndIt() throws Exception {
    try (TestDatabase live = TestDatabase.migrated();
        Database database = new Database(live.settings());
        Connection reader = live.connect();
        Statement reading = reader.createStatement()) {
      live.execute("ALTER TABLE bars_ohlcv OWNER TO CURRENT_USER");
      live.execute("ALTER TABLE signals OWNER TO CURRENT_USER");
      reading.execute("SET deadlock_timeout = '1min'"); // so that the migration notices it
      reader.setAutoCommit(false);
      reading.execute("SELECT count(*) FROM signals");
      CompletableFuture<Integer> migrated =
          CompletableFuture.supplyAsync(() -> new Migrations(database).migrate());
      live.await(
          "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'signals'::regclass",
          "t");

      reading.execute("SELECT count(*) FROM bars_ohlcv");
      reader.commit();

      assertThat(migrated.get(40, TimeUnit.SECONDS)).isZero();
      assertThat(live.text("SELECT tableowner FROM pg_tables WHERE tablename = 'signals'"))
          .isEqualTo("mdp_owner");
    }
  }

  @Test
  void leavesTheTablesOfOthersAlone() {
    try (TestDatabase shared = TestDatabase.empty();
        Database database = new Database(shared.settings())) {
      shared.execute("CREATE TABLE theirs AS SELECT 1 AS one");

      assertThat(new Migrations(database).migrate()).isEqualTo(SchemaCheck.PROGRAM_VERSION);

      assertThat(shared.text("SELECT one FROM theirs")).isEqualTo("1");
    }
  }

  @Test
  void everyRoleMayDoItsWorkAndNoMore() throws SQLException {
    try (TestDatabase database = TestDatabase.migrated();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE mdp_writer");
      statement.execute(
          "INSERT INTO tick_data (provider, symbol, ts, seq, price) VALUES ('p', 'S', now(), 1,"
              + " 2)");
      statement.execute(
          "INSERT INTO job_runs (job_name, mode, status) VALUES ('j', 'live', 'running')");
      refused(statement, "DELETE FROM tick_data");
      refused(statement, "DROP TABLE tick_data");

      statement.execute("SET ROLE mdp_reader");
      statement.execute("SELECT * FROM bars_ohlcv, job_runs_summary, flyway_schema_history");
      for (String view : TICK_VIEWS) {
        statement.execute("SELECT * FROM " + view);
      }
      refused(statement, "UPDATE tick_data SET price = 1");

      statement.execute("SET ROLE mdp_cleaner");
      assertThat(statement.executeUpdate("DELETE FROM tick_data")).isEqualTo(1);
      statement.execute("UPDATE stream_checkpoints SET position = '0-0'");
      refused(statement, "UPDATE bars_ohlcv SET open = 1");

      statement.execute("SET ROLE mdp_migrate");
      statement.execute("ALTER TABLE tick_data ADD COLUMN more int");
    }
  }

  /// What a migration adds is granted, too: each table, view, function and sequence of the schema.
  @Test
  void nothingOfTheSchemaIsLeftOutOfTheGrants() {
    try (TestDatabase database = TestDatabase.migrated()) {
      String relations = " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind ";
      assertThat(
              database.text(
                  "SELECT string_agg(relname, ' ')"
                      + relations
                      + "IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(relowner) <> 'mdp_owner'"))
          .isEqualTo("null");
      assertThat(
              database.text(
                  "SELECT string_agg(proname, ' ') FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
                      + " AND (pg_get_userbyid(proowner) <> 'mdp_owner'"
                      + " OR NOT has_function_privilege('mdp_reader', p.oid, 'EXECUTE'))"))
          .isEqualTo("null");
      assertThat(missing(database, relations + "IN ('r', 'p', 'v', 'm')", "mdp_reader", "SELECT"))
          .isEqualTo("null");
      assertThat(missing(database, relations + "IN ('r', 'p', 'v', 'm')", "mdp_writer", "SELECT"))
          .isEqualTo("null");
      assertThat(missing(database, relations + "IN ('r', 'p')", "mdp_writer", "INSERT"))
          .isEqualTo("flyway_schema_history");
      assertThat(missing(database, relations + "IN ('r', 'p')", "mdp_cleaner", "DELETE"))
          .isEqualTo("flyway_schema_history stream_members");
      assertThat(
              database.text(
                  "SELECT string_agg(sequencename, ' ') FROM pg_sequences WHERE schemaname = 'public'"
                      + " AND NOT has_sequence_privilege('mdp_writer', sequencename, 'USAGE')"))
          .isEqualTo("null");
    }
  }

  private static String missing(
      TestDatabase database, String relations, String role, String privilege) {
    return database.text(
        "SELECT string_agg(relname, ' ' ORDER BY relname)%s AND NOT has_table_privilege('%s', oid, '%s')"
            .formatted(relations, role, privilege));
  }

  @Test
  void otherWritersMayLeaveTheStatusOfARunAndTheSeqOut() {
    try (TestDatabase database = TestDatabase.migrated()) {
      database.execute("INSERT INTO job_runs (job_name, mode) VALUES ('j', 'live')");
      database.execute(
          "INSERT INTO tick_data (provider, symbol, ts, price) VALUES ('p', 'S', now(), 1)");

      assertThat(database.text("SELECT status FROM job_runs")).isEqualTo("running");
      assertThat(database.text("SELECT seq FROM tick_data")).isEqualTo("0");
    }
  }

  @Test
  void aUserWhoMayNotCreateRolesMigratesWithoutThem() {
    try (TestDatabase owned = TestDatabase.empty()) {
      String role = "plain_" + owned.name();
      owned.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
      owned.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + role);
      String url = owned.url().replaceFirst("//[^@]*@", "//" + role + ":x@");
      try (Database database =
          new Database(dev.mdp.store.database.StoreSettings.of(url, 2, "mdp test"))) {
        assertThat(new Migrations(database).migrate()).isEqualTo(SchemaCheck.PROGRAM_VERSION);
        assertThat(new Migrations(database).migrate()).isZero();

        assertThat(owned.text("SELECT tableowner FROM pg_tables WHERE tablename = 'tick_data'"))
            .isEqualTo(role);
      }
      owned.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
  }

  @Test
  void theTablesKeepTheContract() {
    try (TestDatabase database = TestDatabase.migrated()) {
      assertThat(columns(database, "tick_data"))
          .isEqualTo(
              "provider text,symbol text,ts timestamp with time zone,seq bigint,price double"
                  + " precision,size double precision,bid double precision,ask double precision,"
                  + "created_at timestamp with time zone");
      assertThat(columns(database, "bars_ohlcv"))
          .startsWith(
              "provider text,symbol text,interval text,ts timestamp with time zone,open double"
                  + " precision,high double precision,low double precision,close double precision,"
                  + "volume double precision");
      database.execute(
          "INSERT INTO job_runs (job_name, mode, status, started_at, completed_at) VALUES"
              + " ('j', 'live', 'success', now() - interval '1.5 s', now())");
      assertThat(database.text("SELECT elapsed_ms FROM job_runs")).isEqualTo("1500");
      assertThat(database.text("SELECT avg_duration_ms FROM job_runs_summary")).isEqualTo("1500");
    }
  }

  private static String columns(TestDatabase database, String table) {
    return database.text(
        "SELECT string_agg(column_name || ' ' || data_type, ',' ORDER BY ordinal_position)"
            + " FROM information_schema.columns WHERE table_name = '"
            + table
            + "'");
  }

  private static void refused(Statement statement, String sql) {
    assertThatThrownBy(() -> statement.execute(sql))
        .isInstanceOf(SQLException.class)
        .extracting(error -> ((SQLException) error).getSQLState())
        .isEqualTo("42501");
  }
}
