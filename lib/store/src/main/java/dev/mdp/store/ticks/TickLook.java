package dev.mdp.store.ticks;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.store.rows.Column;
import dev.mdp.store.rows.Span;
import dev.mdp.store.rows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what the table has for a sorted batch of ticks: one range of the index for each run of
/// ticks that are close in time.
final class TickLook {
  /// Ticks further apart are looked up one by one, so that a range never reads many rows in vain.
  private static final long MAX_GAP_MICROS = 250_000;

  private static final List<Column<Span<Tick>>> COLUMNS =
      List.of(
          new Column.Text<>("provider", span -> span.first().provider()),
          new Column.Text<>("symbol", span -> span.first().symbol().value()),
          new Column.Time<>("low", span -> span.first().srcMicros()),
          new Column.Whole<>("low_seq", span -> span.first().seq()),
          new Column.Time<>("high", span -> span.last().srcMicros()),
          new Column.Whole<>("high_seq", span -> span.last().seq()));

  private static final String SQL =
      "SELECT i.ord, b.ts, b.seq, b.price, b.size, b.bid, b.ask FROM "
          + Table.unnest(COLUMNS)
          + " WITH ORDINALITY AS "
          + Table.alias(COLUMNS, "ord")
          + " JOIN tick_data b ON b.provider = i.provider AND b.symbol = i.symbol"
          + " AND (b.ts, b.seq) >= (i.low, i.low_seq) AND (b.ts, b.seq) <= (i.high, i.high_seq)"
          + " AND b.ts BETWEEN ?::timestamptz AND ?::timestamptz";

  private TickLook() {}

  /// For each tick what is stored under its identity, or null.
  static @Nullable Tick[] look(Connection connection, List<Tick> sorted) throws SQLException {
    @Nullable Tick[] stored = new Tick[sorted.size()];
    if (sorted.isEmpty()) {
      return stored;
    }
    List<Span<Tick>> spans = Span.of(sorted, TickLook::neighbours);
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int next = Table.bind(statement, COLUMNS, spans);
      Table.bindRange(statement, next, sorted, Tick::srcMicros);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int index = index(row, spans.get(row.getInt(1) - 1), sorted);
          if (index >= 0) {
            stored[index] = read(sorted.get(index), row);
          }
        }
      }
    }
    return stored;
  }

  private static boolean neighbours(Tick left, Tick right) {
    return left.symbol().equals(right.symbol())
        && left.provider().equals(right.provider())
        && right.srcMicros() - left.srcMicros() <= MAX_GAP_MICROS;
  }

  private static int index(ResultSet row, Span<Tick> span, List<Tick> sorted) throws SQLException {
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
