package dev.mdp.store.rows;

import dev.mdp.core.event.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How rows get into a table: by COPY when they are many, by one INSERT over arrays when they are
/// few. Both keep the order given, so that sorted batches never deadlock.
///
/// @param columns those that are written, the key's first
/// @param keySize how many columns the key has
public record RowTable<T>(String name, List<RowColumn<T>> columns, int keySize) {
  /// The session settings under which a join with a batch is always an index look-up per row,
  /// whatever the statistics say of a table that has just begun to grow, and planned with the
  /// batch's own bounds, which leave out partitions.
  public static final Map<String, String> PLANNER_SETTINGS =
      Map.of(
          "enable_seqscan",
          "off",
          "enable_hashjoin",
          "off",
          "enable_mergejoin",
          "off",
          "jit",
          "off",
          "plan_cache_mode",
          "force_custom_plan");

  /// From this many rows on COPY is faster (measured, see `StoreSpeed`).
  public static final int COPY_FROM_ROWS = 200;

  public RowTable {
    columns = List.copyOf(columns);
  }

  /// Whether this many rows go by COPY.
  public static boolean copies(int rows) {
    return rows >= COPY_FROM_ROWS;
  }

  /// Inserts rows that are not there, in key order. Fails with a unique violation when one is;
  /// throws [dev.mdp.core.error.ConfigException] when the table keeps rows out.
  public void insert(Connection connection, List<T> rows) throws SQLException {
    if (copies(rows.size())) {
      String sql = "COPY " + name + " (" + names() + ") FROM STDIN (FORMAT binary)";
      KeptOut.require(name, rows.size(), CopyWriter.copy(connection, sql, columns, rows));
    } else if (!rows.isEmpty()) {
      String sql = "INSERT INTO " + name + " (" + names() + ") SELECT * FROM " + unnest(columns);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, columns, rows);
        KeptOut.require(name, rows.size(), statement.executeUpdate());
      }
    }
  }

  /// How many rows of the table still are as an UPDATE of this transaction should have found and
  /// changed them: it was given them, no one else had them, and it left them.
  ///
  /// @param more a condition on `b`, the stored row, and `i`, the given one
  public static <T> long left(
      Connection connection,
      RowTable<T> table,
      List<RowColumn<T>> columns,
      List<T> rows,
      String more)
      throws SQLException {
    String sql =
        "SELECT count(*) FROM "
            + table.name()
            + " b JOIN "
            + unnest(columns)
            + " AS "
            + alias(columns)
            + " ON "
            + table.sameKey("b", "i")
            + " AND "
            + more;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, columns, rows);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }

  private String names() {
    return columns.stream().map(RowColumn::name).collect(Collectors.joining(", "));
  }

  /// The key's columns.
  public List<RowColumn<T>> key() {
    return columns.subList(0, keySize);
  }

  /// `b.provider = i.provider AND …` over the key.
  public String sameKey(String left, String right) {
    return key().stream()
        .map(column -> left + "." + column.name() + " = " + right + "." + column.name())
        .collect(Collectors.joining(" AND "));
  }

  /// ` AND b.provider = ANY (?) AND b.ts BETWEEN ? AND ? …`: what a batch's keys have in common,
  /// for an UPDATE or DELETE that joins with it. By the join alone TimescaleDB would decompress
  /// every compressed batch of every chunk.
  ///
  /// @param row the stored row's name
  public static <T> String bounds(List<RowColumn<T>> key, String row) {
    StringBuilder bounds = new StringBuilder();
    for (RowColumn<T> column : key) {
      if (column instanceof RowColumn.Text<T>) {
        bounds.append(" AND %s.%s = ANY (?::text[])".formatted(row, column.name()));
      } else if (column instanceof RowColumn.Time<T>) {
        bounds.append(
            " AND %s.%s BETWEEN ?::timestamptz AND ?::timestamptz".formatted(row, column.name()));
      }
    }
    return bounds.toString();
  }

  /// Binds what [#bounds] asks for. Returns the index of the next parameter.
  public static <T> int bindBounds(
      PreparedStatement statement, int index, List<RowColumn<T>> key, List<T> rows)
      throws SQLException {
    int next = index;
    for (RowColumn<T> column : key) {
      if (column instanceof RowColumn.Text<T> text) {
        Object[] values = rows.stream().map(text.value()).distinct().toArray();
        statement.setArray(next++, statement.getConnection().createArrayOf("text", values));
      } else if (column instanceof RowColumn.Time<T> time) {
        bindRange(statement, next, rows, time.value());
        next += 2;
      }
    }
    return next;
  }

  /// `unnest(?::text[], …)` with a parameter for each column.
  public static <T> String unnest(List<RowColumn<T>> columns) {
    return columns.stream()
        .map(column -> "?::" + column.type() + "[]")
        .collect(Collectors.joining(", ", "unnest(", ")"));
  }

  /// `i(provider, symbol, …)`: the alias of an unnest of these columns, and more names after them.
  public static <T> String alias(List<RowColumn<T>> columns, String... more) {
    return Stream.concat(columns.stream().map(RowColumn::name), Stream.of(more))
        .collect(Collectors.joining(", ", "i(", ")"));
  }

  /// Binds the columns as arrays to the first parameters. Returns the index of the next parameter.
  public static <T> int bind(PreparedStatement statement, List<RowColumn<T>> columns, List<T> rows)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(i + 1, BinaryArray.of(columns.get(i), rows));
    }
    return columns.size() + 1;
  }

  /// Binds the earliest and latest time, by which the server leaves out partitions.
  public static <T> void bindRange(
      PreparedStatement statement, int index, List<T> rows, ToLongFunction<T> micros)
      throws SQLException {
    LongSummaryStatistics range = rows.stream().mapToLong(micros).summaryStatistics();
    statement.setObject(index, utc(range.getMin()));
    statement.setObject(index + 1, utc(range.getMax()));
  }

  /// The time as the driver takes it, exact to the microsecond.
  public static OffsetDateTime utc(long micros) {
    return Micros.instant(micros).atOffset(ZoneOffset.UTC);
  }

  /// `name = i.name, …` over the columns that are not the key's.
  public String assignments() {
    return IntStream.range(keySize, columns.size())
        .mapToObj(columns::get)
        .map(column -> column.name() + " = i." + column.name())
        .collect(Collectors.joining(", "));
  }
}
