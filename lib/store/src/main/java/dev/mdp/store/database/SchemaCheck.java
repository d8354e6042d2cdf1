package dev.mdp.store.database;

import dev.mdp.core.error.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;

/// Compares the database's schema with the one this program is written for, without loading the
/// migration library.
public final class SchemaCheck {
  /// The newest migration in `sql/migration`.
  public static final int PROGRAM_VERSION = 13;

  private SchemaCheck() {}

  /// Throws [ConfigException] unless the schema is the program's.
  static void require(Connection connection, DatabaseUrl url) throws SQLException {
    int version = databaseVersion(connection);
    if (version < PROGRAM_VERSION) {
      throw new ConfigException(
          "database "
              + url
              + (version == 0 ? " is not migrated" : " is at schema version " + version)
              + ", this program needs version "
              + PROGRAM_VERSION
              + ": run mdp datastore migrate"
              + (version == 0 ? otherSchema(connection) : ""));
    }
    requireNotNewer(version, url);
  }

  /// Says where tables are looked for when the role or the database chooses another place.
  private static String otherSchema(Connection connection) throws SQLException {
    String sql = "SELECT setting, reset_val FROM pg_settings WHERE name = 'search_path'";
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      String path = rows.getString(1);
      return !path.equals(SessionSettings.DEFAULT_PATH) || path.equals(rows.getString(2))
          ? ""
          : " (tables are looked for in %s, not in %s, which the role or the database has set; ?currentSchema=NAME in the URL names another schema)"
              .formatted(path, rows.getString(2));
    }
  }

  /// Throws [ConfigException] when a newer program has migrated the database.
  public static void requireNotNewer(int version, DatabaseUrl url) {
    if (version > PROGRAM_VERSION) {
      throw new ConfigException(
          "database "
              + url
              + " is at schema version "
              + version
              + ", newer than this program's "
              + PROGRAM_VERSION
              + ": use a newer mdp");
    }
  }

  /// The newest migration that was applied, or 0.
  public static int databaseVersion(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var rows =
          statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
        rows.next();
        if (!rows.getBoolean(1)) {
          return 0;
        }
      }
      try (var rows =
          statement.executeQuery(
              "SELECT coalesce(max(version::int), 0) FROM flyway_schema_history"
                  + " WHERE success AND version ~ '^[0-9]+$'")) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
