package dev.mdp.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a session of each kind runs under when its role says something else.
final class SessionSettingsIT {
  private static final Map<String, String> HOSTILE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("extra_float_digits", "0"),
              Map.entry("DateStyle", "'German, DMY'"),
              Map.entry("IntervalStyle", "iso_8601"),
              Map.entry("TimeZone", "'Asia/Kathmandu'"),
              Map.entry("bytea_output", "escape"),
              Map.entry("client_encoding", "LATIN1"),
              Map.entry("standard_conforming_strings", "off"),
              Map.entry("array_nulls", "off"),
              Map.entry("transform_null_equals", "on"),
              Map.entry("gin_fuzzy_search_limit", "1"),
              Map.entry("default_transaction_isolation", "'repeatable read'"),
              Map.entry("default_transaction_read_only", "on"),
              Map.entry("default_transaction_deferrable", "on"),
              Map.entry("row_security", "on"),
              Map.entry("exit_on_error", "on"),
              Map.entry("plan_cache_mode", "force_generic_plan"),
              Map.entry("lock_timeout", "1"),
              Map.entry("statement_timeout", "20"),
              Map.entry("idle_session_timeout", "900"),
              Map.entry("idle_in_transaction_session_timeout", "20"),
              Map.entry("synchronous_commit", "off"),
              Map.entry("search_path", "elsewhere")));

  private static final Map<String, String> WANTED =
      Map.ofEntries(
          Map.entry("extra_float_digits", "3"),
          Map.entry("DateStyle", "ISO, MDY"),
          Map.entry("IntervalStyle", "postgres"),
          Map.entry("TimeZone", "UTC"),
          Map.entry("bytea_output", "hex"),
          Map.entry("client_encoding", "UTF8"),
          Map.entry("standard_conforming_strings", "on"),
          Map.entry("array_nulls", "on"),
          Map.entry("transform_null_equals", "off"),
          Map.entry("gin_fuzzy_search_limit", "0"),
          Map.entry("default_transaction_isolation", "read committed"),
          Map.entry("default_transaction_read_only", "off"),
          Map.entry("default_transaction_deferrable", "off"),
          Map.entry("row_security", "off"),
          Map.entry("exit_on_error", "off"),
          Map.entry("plan_cache_mode", "auto"),
          Map.entry("lock_timeout", "0"),
          Map.entry("statement_timeout", "0"),
          Map.entry("idle_session_timeout", "0"),
          Map.entry("idle_in_transaction_session_timeout", "0"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("search_path", "\"$user\", public"));

  private static final String ROLE = "hostile_session";
  private static TestDatabase server;

  @BeforeAll
  static void createRole() {
    server = TestDatabase.migrated();
    server.execute("CREATE ROLE " + ROLE + " LOGIN");
    HOSTILE.forEach(
        (name, value) -> server.execute("ALTER ROLE " + ROLE + " SET " + name + " = " + value));
    server.execute("CREATE SCHEMA elsewhere");
    server.execute("GRANT USAGE ON SCHEMA elsewhere TO " + ROLE);
    server.execute("GRANT SELECT ON flyway_schema_history TO " + ROLE);
  }

  @AfterAll
  static void dropRole() {
    server.execute("DROP OWNED BY " + ROLE);
    server.execute("DROP ROLE " + ROLE);
    server.close();
  }

  @Test
  void theRolesSettingsAreNotOurs() throws SQLException {
    try (Database database = database("");
        Connection migrating = database.unpooled("migrate").getConnection();
        Connection own = database.open("own", Map.of(), Duration.ZERO)) {
      Map<String, String> pooled = new TreeMap<>(WANTED);
      pooled.put("lock_timeout", "5000");
      pooled.put("idle_in_transaction_session_timeout", "60000");

      assertThat(settings(migrating)).isEqualTo(new TreeMap<>(WANTED));
      assertThat(settings(own)).isEqualTo(new TreeMap<>(WANTED));
      try (Connection connection = database.borrow()) {
        assertThat(settings(connection)).isEqualTo(pooled);
      }
    }
  }

  /// As behind a pooler that gives each transaction another session.
  @Test
  void settingsOfSharedSessionsAreSetInEachTransactionAlone() throws SQLException {
    StoreSettings shared = settings("").behindPooler(true, null);
    Map<String, String> pooled = new TreeMap<>(WANTED);
    pooled.put("lock_timeout", "5000");
    pooled.put("idle_in_transaction_session_timeout", "60000");
    try (Database database = new Database(shared)) {
      for (int i = 0; i < 3; i++) {
        Map<String, String> single = database.query("read", SessionSettingsIT::settings);
        Map<String, String> several = database.transaction("read", SessionSettingsIT::settings);
        assertThat(single).isEqualTo(pooled);
        assertThat(several).isEqualTo(pooled);
      }
      List<String> kind =
          database.transaction(
              "read",
              each ->
                  List.of(
                      text(each, "SHOW transaction_isolation"),
                      text(each, "SHOW transaction_read_only")));
      assertThat(kind).containsExactly("read committed", "off");
      try (Connection left = database.borrow()) {
        assertThat(text(left, "SHOW statement_timeout")).isEqualTo("20ms");
        assertThat(text(left, "SHOW search_path")).isEqualTo("elsewhere");
        assertThat(text(left, "SHOW TimeZone")).isNotEqualTo("UTC");
        assertThat(text(left, "SELECT count(*) FROM pg_prepared_statements")).isEqualTo("0");
      }
      try (Snapshot snapshot = database.snapshot("look", Map.of("work_mem", "3MB"))) {
        for (int i = 0; i < 2; i++) {
          assertThat(settings(snapshot.connection())).isEqualTo(new TreeMap<>(WANTED));
          assertThat(text(snapshot.connection(), "SHOW work_mem")).isEqualTo("3MB");
          assertThat(text(snapshot.connection(), "SHOW transaction_read_only")).isEqualTo("on");
          assertThat(text(snapshot.connection(), "SHOW transaction_isolation"))
              .isEqualTo("repeatable read");
          snapshot.renew();
        }
      }
    }
  }

  @Test
  void whereSessionsAreSharedNothingThatNeedsOneBegins() {
    try (Database database = new Database(settings("").behindPooler(true, null))) {
      assertThatThrownBy(() -> database.open("shard 0", Map.of(), Duration.ZERO))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("set store.direct_url");
      assertThatThrownBy(() -> new dev.mdp.store.schema.Migrations(database).migrate())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("set store.direct_url");
    }
    try (Database database = new Database(settings("").behindPooler(true, server.url()));
        Connection kept = database.open("shard 0", Map.of(), Duration.ZERO)) {
      assertThat(text(kept, "SELECT current_user")).isNotEqualTo(ROLE);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSessionsOwnSettingsStandInPlaceOfThePinnedOnes() throws SQLException {
    try (Database database = database("");
        Connection own =
            database.open(
                "own",
                Map.of("lock_timeout", "700", "work_mem", "3MB", "plan_cache_mode", "auto"),
                Duration.ZERO)) {
      assertThat(text(own, "SHOW lock_timeout")).isEqualTo("700ms");
      assertThat(text(own, "SHOW work_mem")).isEqualTo("3MB");
      assertThat(text(own, "SELECT 424.98999999999995::float8::text"))
          .isEqualTo("424.98999999999995");
    }
  }

  @Test
  void theUrlChoosesTheSchema() throws SQLException {
    for (String chosen :
        List.of("?currentSchema=elsewhere", "?options=-c%20search_path%3Delsewhere")) {
      try (Database database = database(chosen);
          Connection own = database.open("own", Map.of(), Duration.ZERO)) {
        assertThat(text(own, "SHOW search_path")).as(chosen).isEqualTo("elsewhere");
        assertThat(text(own, "SELECT current_schema()")).as(chosen).isEqualTo("elsewhere");
      }
    }
  }

  @Test
  void aSchemaOfTheRoleAloneIsNamedWhereTheTablesAreNotFound() {
    try (TestDatabase empty = TestDatabase.empty();
        Database database =
            new Database(
                StoreSettings.of(
                    empty.url().replaceFirst("//[^@]*@", "//" + ROLE + "@"), 2, "t"))) {
      assertThatThrownBy(() -> database.query("read", connection -> true))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is not migrated")
          .hasMessageContaining("currentSchema=");
    }
  }

  @Test
  void hiddenRowsAreAnErrorAndNeverAShorterAnswer() {
    server.execute("CREATE TABLE half (n int)");
    server.execute("ALTER TABLE half ENABLE ROW LEVEL SECURITY");
    server.execute("CREATE POLICY odd ON half USING (n % 2 = 1)");
    server.execute("GRANT SELECT ON half TO " + ROLE);
    try (Database database = database("")) {
      assertThatThrownBy(() ->
              database.query("count", connection -> text(connection, "SELECT count(*) FROM half")))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("row-level security policy for table \"half\"");
    } finally {
      server.execute("DROP TABLE half");
    }
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> all = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, setting FROM pg_settings")) {
      while (rows.next()) {
        if (WANTED.containsKey(rows.getString(1))) {
          all.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return all;
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Database database(String parameters) {
    return new Database(settings(parameters));
  }

  private static StoreSettings settings(String parameters) {
    return StoreSettings.of(
        server.url().replaceFirst("//[^@]*@", "//" + ROLE + "@") + parameters, 2, "mdp test");
  }
}
