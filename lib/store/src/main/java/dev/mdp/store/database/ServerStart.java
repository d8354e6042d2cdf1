package dev.mdp.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// When the server that a connection goes to was started, by which it is known again: with the same
/// start it has all that was ever committed there; another one may have been restored from an older
/// state, or be a replica that was behind.
public final class ServerStart {
  public static final String QUERY = "SELECT pg_postmaster_start_time()::text";

  private ServerStart() {}

  public static String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(QUERY);
      return last(statement);
    }
  }

  /// The answer to [#QUERY], which was the last of the statements that were executed together.
  public static String last(Statement executed) throws SQLException {
    while (executed.getUpdateCount() != -1) {
      executed.getMoreResults();
    }
    try (ResultSet row = executed.getResultSet()) {
      row.next();
      return row.getString(1);
    }
  }
}
