package dev.mdp.store.history;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.HistoryReader;
import dev.mdp.core.store.Series;
import dev.mdp.core.store.SeriesReader;
import dev.mdp.store.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Ranges of `tick_data` and `bars_ohlcv`: one keyset cursor per series over the primary key,
/// merged. Thread-safe.
public final class JdbcHistoryReader implements HistoryReader, SeriesReader {
  private static final String TICK_SERIES =
      "SELECT provider, symbol, '' FROM tick_series ORDER BY 1, 2";

  /// One step down the index for each series, instead of reading every row.
  private static final String BAR_SERIES =
      """
      WITH RECURSIVE found AS (
        (SELECT provider, symbol, interval FROM bars_ohlcv
          ORDER BY provider, symbol, interval LIMIT 1)
        UNION ALL
        SELECT following.*
          FROM found f
          CROSS JOIN LATERAL (SELECT b.provider, b.symbol, b.interval FROM bars_ohlcv b
                               WHERE (b.provider, b.symbol, b.interval) > (f.provider, f.symbol, f.interval)
                               ORDER BY b.provider, b.symbol, b.interval LIMIT 1) following)
      SELECT provider, symbol, interval FROM found ORDER BY 1, 2, 3
      """;

  /// The same for the symbols of one provider.
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
    return ticks(series(provider, symbols, "tick_data", ""), fromMicros, toMicros);
  }

  @Override
  public Range<Bar> bars(
      String provider, List<Symbol> symbols, Interval interval, long fromMicros, long toMicros) {
    return bars(series(provider, symbols, "bars_ohlcv", interval.toString()), fromMicros, toMicros);
  }

  @Override
  public Range<Tick> ticks(List<Series> series, long fromMicros, long toMicros) {
    return MergedRange.open(database, series, new TickPages(fromMicros, toMicros), TickPages.ORDER);
  }

  @Override
  public Range<Bar> bars(List<Series> series, long fromMicros, long toMicros) {
    return MergedRange.open(database, series, new BarPages(fromMicros, toMicros), BarPages.ORDER);
  }

  @Override
  public List<Bar> newestBars(List<Series> series, long fromMicros, long toMicros, int limit) {
    return database.query(
        "read the newest bars",
        connection -> new BarPages(fromMicros, toMicros).newest(connection, series, limit));
  }

  @Override
  public List<Series> tickSeries() {
    return list("list the symbols that have ticks", TICK_SERIES);
  }

  @Override
  public List<Series> barSeries() {
    return list("list the symbols that have bars", BAR_SERIES);
  }

  private List<Series> list(String what, String sql) {
    return database.query(
        what,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql);
              ResultSet row = statement.executeQuery()) {
            List<Series> found = new ArrayList<>();
            while (row.next()) {
              found.add(new Series(row.getString(1), row.getString(2), row.getString(3)));
            }
            return found;
          }
        });
  }

  private List<Series> series(
      String provider, List<Symbol> symbols, String table, String interval) {
    List<String> names =
        symbols.isEmpty()
            ? database.query(
                "find the symbols of " + provider,
                connection -> discover(connection, provider, table))
            : symbols.stream().map(Symbol::value).distinct().toList();
    return names.stream().map(symbol -> new Series(provider, symbol, interval)).toList();
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
}
