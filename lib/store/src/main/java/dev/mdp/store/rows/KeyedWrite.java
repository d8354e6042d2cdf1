package dev.mdp.store.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// An UPDATE or DELETE of the rows that a batch names by their keys, where a condition holds for
/// the stored row, `b`, and the given one, `i`. Runs inside the caller's transaction, on a session
/// with [RowTable#PLANNER_SETTINGS].
///
/// The rows go in groups that are close in time, and each group tells the server what its keys have
/// in common: by the join alone TimescaleDB would decompress every compressed batch of every chunk.
/// The server reads that range of the index once and joins it with the group by hashing, whatever
/// the statistics say; a nested loop would compare every row of one with every row of the other.
public final class KeyedWrite<T> {
  private final RowTable<T> table;
  private final KeyedGroups<T> groups;
  private final String sql;
  private final String left;

  private KeyedWrite(
      RowTable<T> table, ToLongFunction<T> stepMicros, String verb, String condition) {
    this.table = table;
    this.groups = KeyedGroups.of(table.key(), stepMicros);
    String where = table.sameKey("b", "i") + " AND " + condition;
    this.sql = verb + table.given() + " WHERE " + where + groups.bounds("b");
    this.left =
        "SELECT count(*) FROM %s CROSS JOIN LATERAL (SELECT FROM %s b WHERE %s OFFSET 0) f"
            .formatted(table.given(), table.name(), where);
  }

  /// @param table with all the columns that the statement takes from a given row
  /// @param stepMicros how far the table's next row is from a row, about
  /// @param assignments what is set, in terms of `b` and `i`
  public static <T> KeyedWrite<T> update(
      RowTable<T> table, ToLongFunction<T> stepMicros, String assignments, String condition) {
    String verb = "UPDATE " + table.name() + " b SET " + assignments + " FROM ";
    return new KeyedWrite<>(table, stepMicros, verb, condition);
  }

  /// @param table with all the columns that the statement takes from a given row
  /// @param stepMicros how far the table's next row is from a row, about
  public static <T> KeyedWrite<T> delete(
      RowTable<T> table, ToLongFunction<T> stepMicros, String condition) {
    return new KeyedWrite<>(
        table, stepMicros, "DELETE FROM " + table.name() + " b USING ", condition);
  }

  /// Returns how many of the rows met the condition and were written. Throws
  /// [dev.mdp.core.error.ConfigException] when the table leaves matching rows unchanged.
  public long run(Connection connection, List<T> rows) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    long done;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (List<T> group : groups.cut(rows)) {
        int next = RowTable.bind(statement, table.columns(), group);
        groups.bind(statement, next, group);
        statement.addBatch();
      }
      done = IntStream.of(statement.executeBatch()).asLongStream().sum();
    }
    if (done < rows.size()) {
      KeptOut.require(table.name(), done + left(connection, rows), done);
    }
    return done;
  }

  /// How many of the rows still meet the statement's condition: no other process changed them, and
  /// yet they were not written.
  private long left(Connection connection, List<T> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(left)) {
      RowTable.bind(statement, table.columns(), rows);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
