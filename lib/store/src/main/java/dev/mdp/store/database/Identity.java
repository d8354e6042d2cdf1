package dev.mdp.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// By what a database is known again over another connection: its server, itself, its tables.
final class Identity {
  /// A server that is started again between two looks gives two answers.
  static final int ATTEMPTS = 3;

  private static final String QUERY =
      """
      SELECT concat_ws(' ', pg_postmaster_start_time(), to_regclass('stream_checkpoints')::oid,
                       (SELECT oid FROM pg_database WHERE datname = current_database()))
      """;

  private Identity() {}

  static String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return row.getString(1);
    }
  }
}
