package dev.mdp.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/// What [SessionSettings] are for a session, for each transaction: behind a pooler that shares
/// sessions, a setting of the session would hold for strangers, and not for us. Thread-safe.
final class TransactionSettings {
  /// Which of the names this server knows, asked without the role's own time limits. Only an
  /// owner's role or database, not the server, is kept from losing acknowledged commits.
  private static final String KNOWN =
      """
      SET LOCAL statement_timeout = 0;
      SET LOCAL idle_in_transaction_session_timeout = 0;
      SELECT name FROM pg_catalog.pg_settings
       WHERE name OPERATOR(pg_catalog.=) ANY (?)
         AND (name OPERATOR(pg_catalog.<>) 'synchronous_commit'
              OR source OPERATOR(pg_catalog.=) ANY ('{user,database,"database user"}'::pg_catalog.text[]))
       ORDER BY name
      """;

  /// By then the defaults of the session would have no effect.
  private static final String BEGIN =
      """
      SET TRANSACTION ISOLATION LEVEL %s, NOT DEFERRABLE;
      SET LOCAL statement_timeout = 0;
      SELECT pg_catalog.set_config('search_path', ?, true)%s
      """;

  /// Some of them only a superuser may set, even to what they are.
  private static final String ONE =
      ", CASE WHEN pg_catalog.current_setting('%1$s') OPERATOR(pg_catalog.<>) '%2$s'"
          + " THEN pg_catalog.set_config('%1$s', '%2$s', true) END";

  private static final String READ_COMMITTED = "READ COMMITTED";

  /// What a standby says of a transaction that shall write.
  private static final String NOT_HERE = "0A000";

  /// What a server of another version says of a name.
  private static final String UNKNOWN = "42704";

  private final String path;
  private final Map<String, String> wanted;
  private volatile @Nullable String assignments;

  /// @param schema the path that the URL names, or null
  /// @param more settings besides the pinned ones, or in place of them
  TransactionSettings(@Nullable String schema, Map<String, String> more) {
    this.path = Objects.requireNonNullElse(schema, SessionSettings.DEFAULT_PATH);
    this.wanted = SessionSettings.with(more);
    this.wanted.put("synchronous_commit", "on");
  }

  /// Begins a transaction, on a connection without auto-commit.
  void begin(Connection connection) throws SQLException {
    try {
      begin(connection, READ_COMMITTED + ", READ WRITE");
    } catch (SQLException e) {
      if (!SqlErrors.state(e).equals(NOT_HERE)) {
        throw e;
      }
      connection.rollback();
      begin(connection, READ_COMMITTED);
    }
  }

  /// The same for one that reads from a single snapshot.
  void beginSnapshot(Connection connection) throws SQLException {
    begin(connection, "REPEATABLE READ, READ ONLY");
  }

  private void begin(Connection connection, String kind) throws SQLException {
    String known = assignments;
    if (known == null) {
      set(connection, kind, learn(connection));
      return;
    }
    try {
      set(connection, kind, known);
    } catch (SQLException e) {
      if (!SqlErrors.state(e).equals(UNKNOWN)) {
        throw e;
      }
      connection.rollback();
      set(connection, kind, learn(connection));
    }
  }

  /// The view of all settings is slow, so it is read once.
  private String learn(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setArray(
          1, connection.createArrayOf("text", wanted.keySet().toArray(String[]::new)));
      statement.execute();
      while (statement.getUpdateCount() != -1) {
        statement.getMoreResults();
      }
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    connection.rollback();
    StringBuilder all = new StringBuilder();
    names.forEach(
        name -> all.append(ONE.formatted(name, Objects.requireNonNull(wanted.get(name)))));
    assignments = all.toString();
    return all.toString();
  }

  /// Past the pool, which would take a standby's answer for a broken connection.
  private void set(Connection connection, String kind, String known) throws SQLException {
    Connection own = connection.unwrap(BaseConnection.class);
    try (PreparedStatement statement = own.prepareStatement(BEGIN.formatted(kind, known))) {
      statement.setString(1, path);
      statement.execute();
    }
  }
}
