package dev.mdp.store.history;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.Series;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pages of one symbol's ticks over the primary key, within a range of time.
record TickPages(long fromMicros, long toMicros) implements MergedRange.Source<Tick> {
  static final Comparator<Tick> ORDER =
      Comparator.comparingLong(Tick::srcMicros)
          .thenComparingLong(Tick::seq)
          .thenComparing(Tick::provider)
          .thenComparing(Tick::symbol);

  private static final String PAGE =
      """
      SELECT ts, seq, price, size, bid, ask FROM tick_data
       WHERE provider = ? AND symbol = ? AND ts >= ? AND ts < ? AND (ts, seq) > (?, ?)
       ORDER BY ts, seq LIMIT ?
      """;

  @Override
  public List<Tick> after(Connection connection, Series series, @Nullable Tick last, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, series.provider());
      statement.setString(2, series.symbol());
      statement.setObject(3, RowTable.utc(last == null ? fromMicros : last.srcMicros()));
      statement.setObject(4, RowTable.utc(toMicros));
      statement.setObject(5, RowTable.utc(last == null ? fromMicros - 1 : last.srcMicros()));
      statement.setLong(6, last == null ? Long.MAX_VALUE : last.seq());
      statement.setInt(7, limit);
      return rows(statement, series.provider(), new Symbol(series.symbol()));
    }
  }

  private static List<Tick> rows(PreparedStatement statement, String provider, Symbol symbol)
      throws SQLException {
    List<Tick> ticks = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long micros = BarPages.micros(row, 1);
        ticks.add(
            new Tick(
                provider,
                MarketEvent.LIVE,
                symbol,
                micros,
                row.getLong(2),
                row.getDouble(3),
                BarPages.optional(row, 4),
                BarPages.optional(row, 5),
                BarPages.optional(row, 6),
                micros));
      }
    }
    return ticks;
  }
}
