package dev.mdp.store.database;

import dev.mdp.core.error.ConfigException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure, once for an address, that each connection has a session of the server to itself. A
/// pooler that runs every transaction in another one is recognised before anything is set in its
/// sessions: settings would hold for strangers, and not for us. Thread-safe.
final class KeptSessions {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);

  /// A pooler may have no second session to give.
  private static final String PROBE_SECONDS = "2";

  private final String complaint;
  private boolean required;

  /// @param complaint what is wrong when sessions are not kept, and the remedy
  KeptSessions(String complaint) {
    this.complaint = complaint;
  }

  /// Throws [ConfigException] when the connection is seen to share its session.
  ///
  /// @param properties for another connection to the same address
  synchronized void require(Connection connection, String url, Properties properties)
      throws SQLException {
    if (!required && isShared(connection, url, properties)) {
      throw new ConfigException(complaint);
    }
    required = true;
  }

  /// A pooler gives a connection a process number that it made up, so the server itself costs no
  /// second connection.
  private static boolean isShared(Connection first, String url, Properties properties)
      throws SQLException {
    int session = session(first);
    if (session == first.unwrap(PGConnection.class).getBackendPID()) {
      return false;
    }
    Properties quick = new Properties();
    quick.putAll(properties);
    quick.put("loginTimeout", PROBE_SECONDS);
    quick.put("socketTimeout", PROBE_SECONDS);
    int other = 0;
    try (Connection second = DriverManager.getConnection(url, quick)) {
      second.setAutoCommit(false); // it keeps its session while the first one is asked again
      other = session(second);
      if (other != session && session(first) != session) {
        return true;
      }
      second.rollback();
    } catch (SQLException e) {
      LOG.debug("the pooler gives no second session now, or has ended it", e);
    }
    return other == session || session(first) != session;
  }

  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
