package dev.mdp.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mdp.core.error.MdpException;
import dev.mdp.store.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/// The database: a pool of connections, opened at first use. Thread-safe. Every failure is one of
/// the categories of [dev.mdp.core.error].
public final class Database implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);
  private static final Duration IDLE_IN_TRANSACTION_LIMIT = Duration.ofSeconds(60);

  // text[], int8[], float8[], timestamptz[]: BinaryArray sends them in binary only.
  private static final String ARRAY_TYPES = "1009,1016,1022,1185";

  /// The driver's name for the schema that a URL chooses.
  private static final String SCHEMA = PGProperty.CURRENT_SCHEMA.getName();

  private static final Map<String, String> POOLED =
      Map.of(
          "lock_timeout", millis(LOCK_LIMIT),
          "idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION_LIMIT));

  private final StoreSettings settings;
  private final SqlErrors errors;
  private @Nullable HikariDataSource pool;
  private volatile boolean schemaChecked;
  private boolean closed;

  /// Does not connect.
  public Database(StoreSettings settings) {
    this.settings = settings;
    this.errors = new SqlErrors(settings.url());
  }

  public DatabaseUrl url() {
    return settings.url();
  }

  public SqlErrors errors() {
    return errors;
  }

  /// Throws when the database cannot be reached or refuses us; asks nothing of the schema.
  public void ping() {
    try (Connection connection = pool().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw errors.translate("ping", e);
    }
  }

  /// Runs single statements that need no transaction.
  public <T extends @Nullable Object> T query(String what, SqlWork<T> work) {
    try (Connection connection = borrow()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw errors.translate(what, e);
    }
  }

  /// Runs the work in one transaction; rolled back when it throws.
  public <T extends @Nullable Object> T transaction(String what, SqlWork<T> work) {
    try (Connection connection = borrow()) {
      connection.setAutoCommit(false);
      return commitOrRollBack(connection, work);
    } catch (SQLException e) {
      throw errors.translate(what, e);
    }
  }

  private static <T extends @Nullable Object> T commitOrRollBack(
      Connection connection, SqlWork<T> work) throws SQLException {
    try {
      T result = work.apply(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /// A pooled connection after the schema was found to fit. Closing it gives it back.
  public Connection borrow() throws SQLException {
    Connection connection = pool().getConnection();
    if (!schemaChecked) {
      try {
        SchemaCheck.require(connection, url());
        schemaChecked = true;
      } catch (SQLException | MdpException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /// A connection of its own, outside the pool.
  ///
  /// @param serverSettings of the session, for example `lock_timeout`
  /// @param answerLimit how long an answer may take; zero for ever
  public Connection open(String name, Map<String, String> serverSettings, Duration answerLimit) {
    try {
      return source(named(name, answerLimit), serverSettings).getConnection();
    } catch (SQLException e) {
      throw errors.translate("connect", e);
    }
  }

  /// Opens a connection for every request, without any limit of time. For migrations.
  public DataSource unpooled(String name) {
    return source(named(name, Duration.ZERO), Map.of());
  }

  private Properties named(String name, Duration answerLimit) {
    Properties properties = driverProperties();
    properties.put("ApplicationName", settings.applicationName() + " " + name);
    properties.put("socketTimeout", Long.toString(answerLimit.toSeconds()));
    return properties;
  }

  private DataSource source(Properties properties, Map<String, String> serverSettings) {
    Object schema = properties.remove(SCHEMA);
    return new SessionSource(
        url().jdbcUrl(),
        properties,
        new SessionSettings(schema == null ? null : schema.toString(), serverSettings));
  }

  private synchronized HikariDataSource pool() throws SQLException {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    if (pool == null) {
      // The pool would try for its whole time limit; one connection tells at once what is wrong.
      DataSource source = source(driverProperties(), POOLED);
      source.getConnection().close();
      pool = new HikariDataSource(poolConfig(source));
    }
    return pool;
  }

  private HikariConfig poolConfig(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("mdp");
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.poolMax());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private Properties driverProperties() {
    Properties properties = new Properties();
    properties.put("connectTimeout", Long.toString(CONNECT_LIMIT.toSeconds()));
    properties.put("loginTimeout", Long.toString(2 * CONNECT_LIMIT.toSeconds()));
    properties.put("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
    properties.put("tcpKeepAlive", "true");
    properties.put("ApplicationName", settings.applicationName());
    properties.put("prepareThreshold", "1");
    properties.putAll(url().properties());
    properties.remove("binaryTransferDisable");
    properties.put("binaryTransfer", "true");
    properties.put("binaryTransferEnable", ARRAY_TYPES);
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
