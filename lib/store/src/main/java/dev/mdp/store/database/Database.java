package dev.mdp.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The database: a pool of connections, opened at first use. Thread-safe. Every failure is one of
/// the categories of [dev.mdp.core.error].
public final class Database implements AutoCloseable {
  private static final Duration BORROW_LIMIT = Duration.ofSeconds(5);
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);
  private static final Duration IDLE_IN_TRANSACTION_LIMIT = Duration.ofSeconds(60);

  private static final Map<String, String> POOLED =
      Map.of(
          "lock_timeout", millis(LOCK_LIMIT),
          "idle_in_transaction_session_timeout", millis(IDLE_IN_TRANSACTION_LIMIT));

  private final StoreSettings settings;
  private final Addresses addresses;
  private final SqlErrors errors;
  private final SqlErrors directErrors;
  private final @Nullable TransactionSettings perTransaction;
  private @Nullable HikariDataSource pool;
  private volatile boolean schemaChecked;
  private volatile boolean isSameDatabase;
  private boolean closed;

  /// Does not connect.
  public Database(StoreSettings settings) {
    this.settings = settings;
    this.addresses = new Addresses(settings);
    this.errors = new SqlErrors(settings.url());
    this.directErrors = new SqlErrors(addresses.direct());
    this.perTransaction = addresses.perTransaction(POOLED);
    this.isSameDatabase = settings.directUrl().isEmpty();
  }

  public DatabaseUrl url() {
    return settings.url();
  }

  public SqlErrors errors() {
    return errors;
  }

  /// Of the sessions that [#open] and [#unpooled] give.
  public SqlErrors directErrors() {
    return directErrors;
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

  /// The same for the direct address, where there is one, which must be of the same database.
  public void pingDirect() {
    if (settings.directUrl().isEmpty()) {
      return;
    }
    try (Connection connection = open("ping", Map.of(), BORROW_LIMIT);
        var statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw directErrors.translate("ping", e);
    }
  }

  /// Runs single statements that need no transaction.
  public <T extends @Nullable Object> T query(String what, SqlWork<T> work) {
    try (Connection connection = borrow()) {
      return on(connection, work);
    } catch (SQLException e) {
      throw errors.translate(what, e);
    }
  }

  /// Runs single statements that need no transaction on a borrowed connection.
  public <T extends @Nullable Object> T on(Connection connection, SqlWork<T> work)
      throws SQLException {
    return perTransaction == null ? work.apply(connection) : together(connection, work);
  }

  /// Runs the work in one transaction; rolled back when it throws.
  public <T extends @Nullable Object> T transaction(String what, SqlWork<T> work) {
    try (Connection connection = borrow()) {
      return together(connection, work);
    } catch (SQLException e) {
      throw errors.translate(what, e);
    }
  }

  private <T extends @Nullable Object> T together(Connection connection, SqlWork<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (perTransaction != null) {
        perTransaction.begin(connection);
      }
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
        on(
            connection,
            each -> {
              SchemaCheck.require(each, url());
              return true;
            });
        schemaChecked = true;
      } catch (SQLException | MdpException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /// A connection outside the pool that keeps its session.
  ///
  /// @param serverSettings of the session, for example `lock_timeout`
  /// @param answerLimit how long an answer may take; zero for ever
  public Connection open(String name, Map<String, String> serverSettings, Duration answerLimit) {
    requireKept(name);
    try {
      Connection connection = addresses.kept(name, serverSettings, answerLimit).getConnection();
      try {
        requireSameDatabase(connection);
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw directErrors.translate("connect", e);
    }
  }

  /// Whether there is an address at which a connection keeps its session.
  public boolean keepsSessions() {
    return !settings.sessionsAreShared() || settings.directUrl().isPresent();
  }

  /// Throws [ConfigException] when the configuration has no address at which a connection keeps its
  /// session.
  ///
  /// @param what needs one
  public void requireKept(String what) {
    if (!keepsSessions()) {
      throw new ConfigException(
          "%s needs its own session, and with store.pooler: transaction %s gives none: set store.direct_url to the same database on the server itself"
              .formatted(what, url()));
    }
  }

  /// Opens a connection that keeps its session for every request, without any limit of time. For
  /// migrations.
  public DataSource unpooled(String name) {
    requireKept(name);
    return addresses.kept(name, Map.of(), Duration.ZERO);
  }

  /// A transaction that reads from one snapshot, without any limit of time. Asks nothing of the
  /// schema.
  ///
  /// @param serverSettings of its transactions
  public Snapshot snapshot(String name, Map<String, String> serverSettings) {
    try {
      Connection connection = addresses.any(name, serverSettings).getConnection();
      try {
        return Snapshot.open(connection, addresses.perTransaction(serverSettings));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw errors.translate("connect", e);
    }
  }

  /// Throws [ConfigException] when the other address is of another database.
  ///
  /// @param connection from [#open] or [#unpooled]
  public void requireSameDatabase(Connection connection) throws SQLException {
    for (int attempt = 1; !isSameDatabase; attempt++) {
      String there = Identity.of(connection);
      String here = identity();
      isSameDatabase = here.equals(there);
      if (!isSameDatabase && attempt == Identity.ATTEMPTS) {
        throw new ConfigException(
            "store.url (%s) and store.direct_url (%s) lead to different databases, or to different schemas: they must name the same one"
                .formatted(url(), addresses.direct()));
      }
    }
  }

  private String identity() {
    try (Connection connection = pool().getConnection()) {
      return on(connection, Identity::of);
    } catch (SQLException e) {
      throw errors.translate("connect", e);
    }
  }

  private synchronized HikariDataSource pool() throws SQLException {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    if (pool == null) {
      // The pool would try for its whole time limit; one connection tells at once what is wrong.
      DataSource source = addresses.pooled(POOLED);
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
    config.setConnectionTimeout(BORROW_LIMIT.toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
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
