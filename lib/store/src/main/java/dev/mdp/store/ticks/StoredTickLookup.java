package dev.mdp.store.ticks;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowSpan;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what the table has for a sorted batch of ticks: one range of the index for each run of
/// ticks that are close in time. A range that turns out to hold many more rows than the batch has
/// is given up, and its ticks are looked up one by one.
final class StoredTickLookup {
  private static final long MAX_GAP_MICROS = 10_000_000;

  /// A range may hold this many times the rows it was asked for, and a few more.
  private static final int MOST_TIMES = 4;

  private static final int MOST_MORE = 50;

  private static final List<RowColumn<RowSpan<Tick>>> COLUMNS =
      List.of(
          new RowColumn.Text<>("provider", span -> span.first().provider()),
          new RowColumn.Text<>("symbol", span -> span.first().symbol().value()),
          new RowColumn.Time<>("low", span -> span.first().srcMicros()),
          new RowColumn.Whole<>("low_seq", span -> span.first().seq()),
          new RowColumn.Time<>("high", span -> span.last().srcMicros()),
          new RowColumn.Whole<>("high_seq", span -> span.last().seq()),
          new RowColumn.Whole<>("most", StoredTickLookup::most));

  private static final String SQL =
      "SELECT i.ord, b.ts, b.seq, b.price, b.size, b.bid, b.ask FROM "
          + RowTable.unnest(COLUMNS)
          + " WITH ORDINALITY AS "
          + RowTable.alias(COLUMNS, "ord")
          + " CROSS JOIN LATERAL (SELECT t.ts, t.seq, t.price, t.size, t.bid, t.ask"
          + " FROM tick_data t WHERE t.provider = i.provider AND t.symbol = i.symbol"
          + " AND (t.ts, t.seq) >= (i.low, i.low_seq) AND (t.ts, t.seq) <= (i.high, i.high_seq)"
          + " AND t.ts BETWEEN ?::timestamptz AND ?::timestamptz"
          + " ORDER BY t.ts, t.seq LIMIT i.most) b";

  private StoredTickLookup() {}

  /// For each tick what is stored under its identity, or null.
  static @Nullable Tick[] look(Connection connection, List<Tick> sorted) throws SQLException {
    @Nullable Tick[] stored = new Tick[sorted.size()];
    if (!sorted.isEmpty()) {
      List<RowSpan<Tick>> crowded =
          look(connection, sorted, RowSpan.of(sorted, StoredTickLookup::neighbours), stored);
      List<RowSpan<Tick>> single = new ArrayList<>();
      for (RowSpan<Tick> span : crowded) {
        for (int i = span.from(); i < span.to(); i++) {
          single.add(new RowSpan<>(sorted.get(i), sorted.get(i), i, i + 1));
        }
      }
      look(connection, sorted, single, stored);
    }
    return stored;
  }

  /// Returns the ranges that hold too many rows to be read to their end.
  private static List<RowSpan<Tick>> look(
      Connection connection, List<Tick> sorted, List<RowSpan<Tick>> spans, @Nullable Tick[] stored)
      throws SQLException {
    if (spans.isEmpty()) {
      return List.of();
    }
    int[] read = new int[spans.size()];
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int next = RowTable.bind(statement, COLUMNS, spans);
      RowTable.bindRange(statement, next, sorted, Tick::srcMicros);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int ordinal = row.getInt(1) - 1;
          read[ordinal]++;
          int index = index(row, spans.get(ordinal), sorted);
          if (index >= 0) {
            stored[index] = read(sorted.get(index), row);
          }
        }
      }
    }
    List<RowSpan<Tick>> crowded = new ArrayList<>();
    for (int i = 0; i < read.length; i++) {
      if (read[i] == most(spans.get(i))) {
        crowded.add(spans.get(i));
      }
    }
    return crowded;
  }

  private static long most(RowSpan<Tick> span) {
    return (long) MOST_TIMES * (span.to() - span.from()) + MOST_MORE;
  }

  private static boolean neighbours(Tick left, Tick right) {
    return left.symbol().equals(right.symbol())
        && left.provider().equals(right.provider())
        && right.srcMicros() - left.srcMicros() <= MAX_GAP_MICROS;
  }

  private static int index(ResultSet row, RowSpan<Tick> span, List<Tick> sorted)
      throws SQLException {
    long micros = Micros.of(row.getObject(2, OffsetDateTime.class).toInstant());
    long seq = row.getLong(3);
    return span.find(
        sorted,
        tick ->
            tick.srcMicros() == micros
                ? Long.compare(tick.seq(), seq)
                : Long.compare(tick.srcMicros(), micros));
  }

  private static Tick read(Tick key, ResultSet row) throws SQLException {
    return new Tick(
        key.provider(),
        key.lane(),
        key.symbol(),
        key.srcMicros(),
        key.seq(),
        row.getDouble(4),
        optional(row, 5),
        optional(row, 6),
        optional(row, 7),
        key.ingestMicros());
  }

  private static double optional(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Tick.ABSENT : value;
  }
}
