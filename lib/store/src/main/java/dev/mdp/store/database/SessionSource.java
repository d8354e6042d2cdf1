package dev.mdp.store.database;

import dev.mdp.core.error.MdpException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Opens sessions that run under [SessionSettings] from their first statement on, where a
/// connection keeps its session; else plain connections, whose every transaction is begun under
/// them. Thread-safe.
final class SessionSource implements DataSource {
  private final String url;
  private final Properties properties;
  private final SessionSettings settings;
  private final @Nullable KeptSessions kept;

  /// @param properties of the driver, with the user and password
  /// @param kept makes sure that sessions are kept; null where they are not
  SessionSource(
      String url, Properties properties, SessionSettings settings, @Nullable KeptSessions kept) {
    this.url = url;
    this.properties = properties;
    this.settings = settings;
    this.kept = kept;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    try {
      if (kept != null) {
        kept.require(connection, url, properties);
        settings.apply(connection);
      }
      return connection;
    } catch (SQLException | MdpException e) {
      try {
        connection.close();
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the URL names the user");
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(java.io.Writer.nullWriter());
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // the driver logs by itself
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the driver's properties hold it
  }

  /// How long a pool that is closed waits for a connection that is being made, in seconds; opening
  /// one is limited by the driver's properties.
  @Override
  public int getLoginTimeout() {
    return 2;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("the driver logs by itself");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (isWrapperFor(type)) {
      return type.cast(this);
    }
    throw new SQLException("not a " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
