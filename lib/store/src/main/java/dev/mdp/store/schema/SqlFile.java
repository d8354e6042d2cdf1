package dev.mdp.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of `sql/`, packed with this module.
final class SqlFile {
  private static final Logger LOG = LoggerFactory.getLogger(SqlFile.class);

  private SqlFile() {}

  /// Executes all its statements in one transaction. Logs and returns what the server warned of;
  /// its notices are not worth a line.
  static List<String> execute(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(read(name));
      List<String> warnings = new ArrayList<>();
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        if (isWarning(each)) {
          warnings.add(String.valueOf(each.getMessage()));
          LOG.warn("{}: {}", name, each.getMessage());
        }
      }
      return warnings;
    }
  }

  /// By the class of its SQLSTATE: the severity's name is in the server's language.
  private static boolean isWarning(SQLWarning told) {
    return String.valueOf(told.getSQLState()).startsWith("01");
  }

  private static String read(String name) {
    try (InputStream in = SqlFile.class.getResourceAsStream("/sql/" + name)) {
      if (in == null) {
        throw new IllegalStateException("sql/" + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
