package dev.mdp.store.history;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Ranges of `tick_data` and `bars_ohlcv`: one keyset cursor per symbol over the primary key,
/// merged. Thread-safe.
public final class JdbcHistoryReader implements HistoryReader {
  private static final Comparator<Tick> TICK_ORDER =
      Comparator.comparingLong(Tick::srcMicros)
          .thenComparingLong(Tick::seq)
          .thenComparing(Tick::symbol);

  private static final Comparator<Bar> BAR_ORDER =
      Comparator.comparingLong(Bar::startMicros).thenComparing(Bar::symbol);

  private static final String TICKS =
      """
      SELECT ts, seq, price, size, bid, ask FROM tick_data
       WHERE provider = ? AND symbol = ? AND ts >= ? AND ts < ? AND (ts, seq) > (?, ?)
       ORDER BY ts, seq LIMIT ?
      """;

  private static final String BARS =
      """
      SELECT ts, open, high, low, close, volume, vwap, trade_count, lane FROM bars_ohlcv
       WHERE provider = ? AND symbol = ? AND interval = ? AND ts > ? AND ts < ?
       ORDER BY ts LIMIT ?
      """;

  /// One step down the index for each symbol, instead of reading every row.
  private static final String SYMBOLS =
      """
      WITH RECURSIVE found AS (
        (SELECT symbol FROM %1$s WHERE provider = ? ORDER BY symbol LIMIT 1)
        UNION ALL
        SELECT (SELECT t.symbol FROM %1$s t
                 WHERE t.provider = ? AND t.symbol > found.symbol ORDER BY t.symbol LIMIT 1)
          FROM found WHERE found.symbol IS NOT NULL)
      SELECT symbol FROM found WHERE symbol IS NOT NULL
      """;

  private final Database database;

  public JdbcHistoryReader(Database database) {
    this.database = database;
  }

  @Override
  public Range<Tick> ticks(String provider, List<Symbol> symbols, long fromMicros, long toMicros) {
    return MergedRange.open(
        database,
        names(provider, symbols, "tick_data"),
        connection ->
            (symbol, last, limit) -> {
              try (PreparedStatement statement = connection.prepareStatement(TICKS)) {
                statement.setString(1, provider);
                statement.setString(2, symbol);
                statement.setObject(3, Table.utc(last == null ? fromMicros : last.srcMicros()));
                statement.setObject(4, Table.utc(toMicros));
                statement.setObject(5, Table.utc(last == null ? fromMicros - 1 : last.srcMicros()));
                statement.setLong(6, last == null ? Long.MAX_VALUE : last.seq());
                statement.setInt(7, limit);
                return tickRows(statement, provider, new Symbol(symbol));
              }
            },
        TICK_ORDER);
  }

  @Override
  public Range<Bar> bars(
      String provider, List<Symbol> symbols, Interval interval, long fromMicros, long toMicros) {
    return MergedRange.open(
        database,
        names(provider, symbols, "bars_ohlcv"),
        connection ->
            (symbol, last, limit) -> {
              try (PreparedStatement statement = connection.prepareStatement(BARS)) {
                statement.setString(1, provider);
                statement.setString(2, symbol);
                statement.setString(3, interval.toString());
                statement.setObject(
                    4, Table.utc(last == null ? fromMicros - 1 : last.startMicros()));
                statement.setObject(5, Table.utc(toMicros));
                statement.setInt(6, limit);
                return barRows(statement, provider, new Symbol(symbol), interval);
              }
            },
        BAR_ORDER);
  }

  private List<String> names(String provider, List<Symbol> symbols, String table) {
    if (!symbols.isEmpty()) {
      return symbols.stream().map(Symbol::value).distinct().toList();
    }
    return database.query(
        "find the symbols of " + provider, connection -> discover(connection, provider, table));
  }

  private static List<String> discover(Connection connection, String provider, String table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SYMBOLS.formatted(table))) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    }
  }

  private static List<Tick> tickRows(PreparedStatement statement, String provider, Symbol symbol)
      throws SQLException {
    List<Tick> ticks = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long micros = micros(row);
        ticks.add(
            new Tick(
                provider,
                MarketEvent.LIVE,
                symbol,
                micros,
                row.getLong(2),
                row.getDouble(3),
                optional(row, 4),
                optional(row, 5),
                optional(row, 6),
                micros));
      }
    }
    return ticks;
  }

  private static List<Bar> barRows(
      PreparedStatement statement, String provider, Symbol symbol, Interval interval)
      throws SQLException {
    List<Bar> bars = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long tradeCount = row.getLong(8);
        boolean external = row.wasNull();
        String lane = row.getString(9);
        bars.add(
            new Bar(
                provider,
                lane == null ? MarketEvent.LIVE : lane,
                symbol,
                interval,
                micros(row),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6),
                optional(row, 7),
                external ? Bar.EXTERNAL : tradeCount));
      }
    }
    return bars;
  }

  private static long micros(ResultSet row) throws SQLException {
    return Micros.of(row.getObject(1, OffsetDateTime.class).toInstant());
  }

  private static double optional(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
