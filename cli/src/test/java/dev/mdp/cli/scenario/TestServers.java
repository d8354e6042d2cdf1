package dev.mdp.cli.scenario;

import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// One PostgreSQL and one Redis for all scenarios of this process; they start at first use and end
/// with it.
final class TestServers {
  static final EmbeddedPostgres POSTGRES = postgres();
  static final EmbeddedRedis REDIS = EmbeddedRedis.startTemporary();
  private static final String TEMPLATE = "scenario_template";

  private TestServers() {}

  /// The migrated database that others are copied from: made once, by the command itself.
  private static final class Template {
    static final String NAME = make();

    private static String make() {
      execute("CREATE DATABASE " + TEMPLATE);
      try (Scenario scenario = Scenario.on(TEMPLATE)) {
        scenario.mdp("datastore", "migrate").requireCode(0);
      }
      return TEMPLATE;
    }
  }

  static String url(String database) {
    return "postgresql://mdp@127.0.0.1:" + POSTGRES.port() + "/" + database;
  }

  static void createEmpty(String database) {
    execute("CREATE DATABASE " + database);
  }

  static void createMigrated(String database) {
    execute("CREATE DATABASE " + database + " TEMPLATE " + Template.NAME);
  }

  static void drop(String database) {
    execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + POSTGRES.port() + "/" + database + "?user=mdp");
  }

  private static void execute(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  private static EmbeddedPostgres postgres() {
    EmbeddedPostgres server = EmbeddedPostgres.startTemporary();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }
}
