package dev.mdp.store.rows;

import dev.mdp.core.event.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
  /// The session settings under which a batch meets a table by its index, whatever the statistics
  /// say of a table that has just begun to grow. A look-up is LATERAL with a LIMIT or an OFFSET 0,
  /// so that there is one look in the index for each given row; what joins must give the range of
  /// the index that it needs, which is read once and hashed. Planned with the batch's own bounds,
  /// which leave out partitions.
  public static final Map<String, String> PLANNER_SETTINGS =
      Map.of(
          "enable_seqscan",
          "off",
          "enable_indexscan",
          "on",
          "enable_hashjoin",
          "on",
          "enable_nestloop",
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

  /// `unnest(?::text[], …) AS i(provider, …)`: the given rows, bound by [#bind].
  public String given() {
    return unnest(columns) + " AS " + alias(columns);
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
    return bind(statement, 1, columns, rows);
  }

  /// Binds the columns as arrays from this parameter on. Returns the index of the next parameter.
  public static <T> int bind(
      PreparedStatement statement, int first, List<RowColumn<T>> columns, List<T> rows)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(first + i, BinaryArray.of(columns.get(i), rows));
    }
    return first + columns.size();
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
