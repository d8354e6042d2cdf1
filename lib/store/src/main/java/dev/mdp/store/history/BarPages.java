package dev.mdp.store.history;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.Series;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pages of one series of bars over the primary key, within a range of time.
record BarPages(long fromMicros, long toMicros) implements MergedRange.Source<Bar> {
  static final Comparator<Bar> ORDER =
      Comparator.comparingLong(Bar::startMicros)
          .thenComparing(Bar::provider)
          .thenComparing(Bar::symbol)
          .thenComparing(Bar::interval);

  private static final String COLUMNS =
      "b.provider, b.symbol, b.interval, b.ts, b.open, b.high, b.low, b.close, b.volume, b.vwap,"
          + " b.trade_count, b.lane";

  private static final String PAGE =
      "SELECT "
          + COLUMNS
          + """
           FROM bars_ohlcv b
           WHERE provider = ? AND symbol = ? AND interval = ? AND ts > ? AND ts < ?
           ORDER BY ts LIMIT ?
          """;

  private static final String NEWEST =
      "SELECT n.* FROM unnest(?::text[], ?::text[], ?::text[]) AS s (provider, symbol, interval)"
          + " CROSS JOIN LATERAL (SELECT "
          + COLUMNS
          + """
           FROM bars_ohlcv b
                 WHERE b.provider = s.provider AND b.symbol = s.symbol AND b.interval = s.interval
                   AND b.ts >= ? AND b.ts < ?
                 ORDER BY b.ts DESC LIMIT ?) n
           ORDER BY n.ts DESC, n.provider, n.symbol, n.interval LIMIT ?
          """;

  @Override
  public List<Bar> after(Connection connection, Series series, @Nullable Bar last, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setString(1, series.provider());
      statement.setString(2, series.symbol());
      statement.setString(3, series.interval());
      statement.setObject(4, RowTable.utc(last == null ? fromMicros - 1 : last.startMicros()));
      statement.setObject(5, RowTable.utc(toMicros));
      statement.setInt(6, limit);
      return rows(statement);
    }
  }

  List<Bar> newest(Connection connection, List<Series> series, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setArray(1, texts(connection, series.stream().map(Series::provider).toList()));
      statement.setArray(2, texts(connection, series.stream().map(Series::symbol).toList()));
      statement.setArray(3, texts(connection, series.stream().map(Series::interval).toList()));
      statement.setObject(4, RowTable.utc(fromMicros));
      statement.setObject(5, RowTable.utc(toMicros));
      statement.setInt(6, limit);
      statement.setInt(7, limit);
      return rows(statement);
    }
  }

  private static java.sql.Array texts(Connection connection, List<String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray(String[]::new));
  }

  private static List<Bar> rows(PreparedStatement statement) throws SQLException {
    List<Bar> bars = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long tradeCount = row.getLong(11);
        boolean external = row.wasNull();
        String lane = row.getString(12);
        bars.add(
            new Bar(
                row.getString(1),
                lane == null ? MarketEvent.LIVE : lane,
                new Symbol(row.getString(2)),
                Interval.parse(row.getString(3)),
                micros(row, 4),
                row.getDouble(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getDouble(9),
                optional(row, 10),
                external ? Bar.EXTERNAL : tradeCount));
      }
    }
    return bars;
  }

  static long micros(ResultSet row, int column) throws SQLException {
    return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
  }

  static double optional(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
