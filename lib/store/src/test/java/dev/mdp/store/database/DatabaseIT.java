package dev.mdp.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseIT {
  @Test
  void doesNotConnectBeforeItIsUsed() {
    try (Database database = database("postgresql://mdp@127.0.0.1:1/none")) {
      assertThat(database.url().hosts()).isEqualTo("127.0.0.1:1");
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailableInOneLine() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (Database database = database("postgresql://mdp:hush@127.0.0.1:" + port + "/market_data")) {
      assertThatThrownBy(database::ping)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + port + "/market_data")
          .hasMessageContaining("refused")
          .hasMessageNotContaining("hush")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsNamed() {
    try (TestDatabase known = TestDatabase.empty();
        Database database = database(known.url().replace(known.name(), "no_such_database"))) {
      assertThatThrownBy(database::ping)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("'no_such_database' does not exist");
    }
  }

  @Test
  void aWrongPasswordNamesTheUserAndHidesThePassword() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.startTemporary()) {
      requirePassword(server);
      String place = "127.0.0.1:" + server.port() + "/market_data";
      try (Database right = database("postgresql://guarded:open%20sesame@" + place)) {
        right.ping();
      }
      try (Database fromEnvironment =
          new Database(
              new StoreSettings(
                  DatabaseUrl.parse(
                      "postgresql://guarded@" + place, Map.of("PGPASSWORD", "open sesame")),
                  1,
                  "mdp test"))) {
        fromEnvironment.ping();
      }

      try (Database wrong = database("postgresql://guarded:hush@" + place)) {
        assertThatThrownBy(wrong::ping)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("'guarded'")
            .hasMessageNotContaining("hush");
      }
    }
  }

  /// A standby refuses a transaction that says it will write.
  @Test
  void aStandbyIsReadAlsoWhereSessionsAreShared(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path data = folder.resolve("postgres");
    try (EmbeddedPostgres primary = EmbeddedPostgres.start(data);
        Database database = database(primary.url())) {
      new dev.mdp.store.schema.Migrations(database).migrate();
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres standby = EmbeddedPostgres.start(data);
        Database database =
            new Database(StoreSettings.of(standby.url(), 1, "mdp test").behindPooler(true, null));
        Snapshot snapshot = database.snapshot("look", Map.of())) {
      for (int i = 0; i < 3; i++) {
        boolean standing = database.query("look", each -> isStandby(each));
        assertThat(standing).isTrue();
      }
      assertThat(isStandby(snapshot.connection())).isTrue();
    }
  }

  private static boolean isStandby(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void requirePassword(EmbeddedPostgres server) throws Exception {
    Path rules = server.dataDir().resolve("pg_hba.conf");
    String guarded = "host all guarded 127.0.0.1/32 scram-sha-256\n";
    Files.writeString(rules, guarded + Files.readString(rules));
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE guarded LOGIN PASSWORD 'open sesame'");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void saysThatTheDatabaseIsNotMigrated() {
    try (TestDatabase empty = TestDatabase.empty();
        Database database = new Database(empty.settings())) {
      database.ping();
      assertThatThrownBy(() -> database.query("read", connection -> true))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is not migrated")
          .hasMessageContaining("mdp datastore migrate");
    }
  }

  @Test
  void saysThatTheSchemaIsNewerThanTheProgramWithBothVersions() {
    try (TestDatabase newer = TestDatabase.migrated();
        Database database = new Database(newer.settings())) {
      newer.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success)"
              + " VALUES (99, '0042', 'future', 'SQL', 'V0042__future.sql', 'mdp', 1, true)");

      assertThatThrownBy(() -> database.query("read", connection -> true))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("version 42")
          .hasMessageContaining("this program's " + SchemaCheck.PROGRAM_VERSION);
      assertThatThrownBy(() -> new dev.mdp.store.schema.Migrations(database).migrate())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("version 42");
    }
  }

  /// Each class of refusal: what passes by itself is waited for, what needs a person is not.
  @ParameterizedTest
  @CsvSource({
    "53000, UnavailableException, unavailable",
    "53200, UnavailableException, unavailable",
    "53300, UnavailableException, too many connections",
    "53400, ConfigException, will not by itself",
    "57P01, UnavailableException, unavailable",
    "57P03, UnavailableException, unavailable",
    "57014, UnavailableException, unavailable",
    "25006, UnavailableException, unavailable",
    "08006, UnavailableException, unavailable",
    "08P01, UnavailableException, unavailable",
    "42501, AccessException, may not",
    "28P01, AccessException, refuses user",
    "42P05, ConfigException, pooler",
    "26000, ConfigException, pooler",
    "0A000, ConfigException, will not by itself",
    "XX000, ConfigException, will not by itself",
    "55P03, ConflictException, try again",
    "40001, ConflictException, try again",
    "23514, DataException, refuses a row"
  })
  void aRefusalIsOfTheCategoryThatSaysWhetherItPasses(
      String state, String category, String message) {
    try (TestDatabase migrated = TestDatabase.migrated();
        Database database = new Database(migrated.settings())) {
      assertThatThrownBy(() -> raise(database, state))
          .satisfies(error -> assertThat(error.getClass().getSimpleName()).isEqualTo(category))
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatAPoolerOrATimeoutRefusesForGoodIsNoOutage() {
    SqlErrors errors = new SqlErrors(DatabaseUrl.parse("postgresql://u:hush@h:6432/d", Map.of()));

    RuntimeException parameter =
        errors.translate(
            "connect",
            new SQLException("unsupported startup parameter: extra_float_digits", "08P01"));
    RuntimeException timeout =
        errors.translate(
            "write", new SQLException("canceling statement due to statement timeout", "57014"));
    RuntimeException certificate =
        errors.translate(
            "connect",
            new SQLException("Could not open SSL root certificate file /none/root.crt.", "08006"));
    RuntimeException plain =
        errors.translate("connect", new SQLException("The server does not support SSL.", "08004"));

    assertThat(List.of(parameter, timeout, certificate, plain))
        .allSatisfy(error -> assertThat(error).isExactlyInstanceOf(ConfigException.class));
    assertThat(parameter).hasMessageContaining("ignore_startup_parameters");
    assertThat(timeout).hasMessageContaining("ALTER ROLE u SET statement_timeout = 0");
    assertThat(certificate).hasMessageContaining("sslrootcert");
  }

  @ParameterizedTest
  @CsvSource({
    "08P01, SASL authentication failed, AccessException, refuses user 'u'",
    "08P01, no such user: u, AccessException, refuses user 'u'",
    "08P01, database \"d\" does not exist, ConfigException, create it",
    "08P01, no such database: d, ConfigException, create it",
    "08P01, query_wait_timeout, UnavailableException, unavailable",
    "08P01, pgbouncer cannot connect to server, UnavailableException, unavailable",
    "08004, 'SCRAM-based authentication, but no password was provided', AccessException, refuses user 'u'"
  })
  void errorsOfPoolersAndDriverAreCategorisedByWhetherTheyPass(
      String state, String reason, String category, String message) {
    SqlErrors errors = new SqlErrors(DatabaseUrl.parse("postgresql://u:hush@h:6432/d", Map.of()));

    RuntimeException error = errors.translate("connect", new SQLException(reason, state));

    assertThat(error.getClass().getSimpleName()).isEqualTo(category);
    assertThat(error).hasMessageContaining(message).hasMessageNotContaining("hush");
  }

  /// The driver's own error, in whatever language it speaks here.
  @Test
  void aMissingRootCertificateOrClientKeyIsNoOutage(@TempDir Path folder) throws Exception {
    try (ServerSocket tls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(tls, 'S'));
      String url =
          "postgresql://u:hush@127.0.0.1:%d/d?sslmode=verify-full&sslrootcert=%s"
              .formatted(tls.getLocalPort(), folder.resolve("none.crt"));
      try (Database database = database(url)) {
        assertThatThrownBy(database::ping)
            .isExactlyInstanceOf(ConfigException.class)
            .hasMessageContaining("none.crt")
            .hasMessageContaining("sslrootcert")
            .hasMessageNotContaining("hush");
      }
    }
  }

  /// As a server answers the question for TLS.
  private static void answer(ServerSocket server, char word) {
    try (Socket client = server.accept()) {
      client.getInputStream().readNBytes(8);
      client.getOutputStream().write(word);
      client.getOutputStream().flush();
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFullDiskIsUnavailableAndABadRowIsData() {
    try (TestDatabase migrated = TestDatabase.migrated();
        Database database = new Database(migrated.settings())) {
      assertThatThrownBy(() -> raise(database, "53100"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("disk is full");
      assertThatThrownBy(() -> raise(database, "22003"))
          .isInstanceOf(dev.mdp.core.error.DataException.class);
      assertThatThrownBy(() -> raise(database, "40P01"))
          .isInstanceOf(dev.mdp.core.error.ConflictException.class);
      assertThatThrownBy(() -> raise(database, "42P01"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("mdp datastore migrate");
      assertThatThrownBy(() -> raise(database, "57P01")).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> raise(database, "42601"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("42601");
    }
  }

  @Test
  void theConnectionStaysUsableAfterAFailedTransaction() {
    try (TestDatabase migrated = TestDatabase.migrated();
        Database database = new Database(new StoreSettings(migrated.settings().url(), 1, "one"))) {
      assertThatThrownBy(() ->
              database.transaction(
                  "try",
                  connection -> {
                    execute(connection, "CREATE TABLE gone (id int)");
                    execute(connection, "SELECT 1/0");
                    return true;
                  }))
          .isInstanceOf(dev.mdp.core.error.DataException.class);

      assertThat(migrated.text("SELECT to_regclass('gone')")).isEqualTo("null");
      boolean single = database.query("read", connection -> connection.getAutoCommit());
      assertThat(single).isTrue();
    }
  }

  private static void raise(Database database, String state) {
    database.transaction(
        "try",
        connection -> {
          execute(
              connection,
              "DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '" + state + "'; END $$");
          return true;
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Database database(String url) {
    return new Database(new StoreSettings(DatabaseUrl.parse(url, Map.of()), 2, "mdp test"));
  }
}
