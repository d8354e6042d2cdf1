package dev.mdp.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.StoreSettings;
import dev.mdp.store.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
