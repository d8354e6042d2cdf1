package dev.mdp.store;

import dev.mdp.core.error.MdpException;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.database.DatabaseUrl;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.testkit.ProfileServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A migrated database of its own for each test class, on one server for all: the embedded one, or
/// the one that `MDP_TEST_POSTGRES_URL` names.
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name;
  private final String url;

  private TestDatabase(String name) {
    this.name = name;
    this.url = withDatabase(Server.URL, name);
  }

  /// The server starts at first use and ends with this process.
  private static final class Server {
    static final String URL = start();

    private static String start() {
      String named = System.getenv("MDP_TEST_POSTGRES_URL");
      if (named != null && !named.isEmpty()) {
        return named;
      }
      if (isTimescale()) {
        return ProfileServer.start("dev.mdp.store.TimescaleServer");
      }
      EmbeddedPostgres server = EmbeddedPostgres.startTemporary();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server.url();
    }
  }

  /// Whether the Maven profile `timescale` is active.
  public static boolean isTimescale() {
    return System.getProperty("mdp.test.timescale.image") != null;
  }

  public static TestDatabase migrated() {
    TestDatabase database = empty();
    try (PostgresStore store = database.store(new RecordingMetrics())) {
      store.migrations().migrate();
    }
    return database;
  }

  public static TestDatabase empty() {
    String name = "mdp_test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    execute(Server.URL, "CREATE DATABASE " + name);
    TestDatabase database = new TestDatabase(name);
    if (isTimescale()) {
      database.execute("CREATE EXTENSION IF NOT EXISTS timescaledb");
    }
    return database;
  }

  public String name() {
    return name;
  }

  public String url() {
    return url;
  }

  public StoreSettings settings() {
    return StoreSettings.of(url, 8, "mdp test");
  }

  public PostgresStore store(RecordingMetrics metrics) {
    return new PostgresStore(settings(), metrics);
  }

  public Connection connect() throws SQLException {
    return connect(url);
  }

  private static Connection connect(String url) throws SQLException {
    DatabaseUrl parsed = DatabaseUrl.parse(url, System.getenv());
    java.util.Properties properties = new java.util.Properties();
    properties.putAll(parsed.properties());
    return DriverManager.getConnection(
        "jdbc:postgresql://" + parsed.hosts() + "/" + parsed.database(), properties);
  }

  public void execute(String sql) {
    execute(url, sql);
  }

  private static void execute(String url, String sql) {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  /// The first column of the first row as text.
  public String text(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  private static String withDatabase(String url, String name) {
    DatabaseUrl parsed = DatabaseUrl.parse(url, Map.of());
    String password = parsed.properties().get("password");
    String account = parsed.user() + (password == null ? "" : ":" + password);
    return "postgresql://" + account + "@" + parsed.hosts() + "/" + name;
  }

  /// Waits, checking often, until the query's answer is the expected one.
  public void await(String sql, String expected) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!text(sql).equals(expected)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(sql + ": still " + text(sql) + ", want " + expected);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    try {
      execute(Server.URL, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    } catch (MdpException e) {
      throw new AssertionError(e);
    }
  }
}
