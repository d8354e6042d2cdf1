package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/// Texts and small parts of the oracle's queries.
final class Queries {
  private Queries() {}

  /// The bars of an interval as one pass over `tick_data` makes them.
  static String recomputed(String interval) {
    return String.format(
        Locale.ROOT,
        """
        SELECT provider, symbol, start AS ts,
               (array_agg(price ORDER BY ts, seq))[1] AS open, max(price) AS high, min(price) AS low,
               (array_agg(price ORDER BY ts DESC, seq DESC))[1] AS close,
               coalesce(sum(size::text::numeric), 0)::float8 AS volume,
               (round(sum(price::text::numeric * size::text::numeric), 200)
                 / nullif(sum(size::text::numeric), 0))::float8 AS vwap,
               count(*) AS trade_count
          FROM (SELECT *, date_bin(interval '%s', ts, timestamptz '1970-01-01 00:00Z') AS start
                  FROM tick_data) t
         GROUP BY provider, symbol, start\
        """,
        interval);
  }

  static String stored(String interval) {
    return "SELECT provider, symbol, ts, open, high, low, close, volume, vwap, trade_count FROM bars_ohlcv WHERE interval = '"
        + interval
        + "'";
  }

  static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// The first eight columns: provider, symbol, time in microseconds, seq, price, size, ack, order.
  static SentLine.Sent sent(ResultSet rows) throws SQLException {
    return new SentLine.Sent(
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3),
        rows.getLong(4),
        rows.getDouble(5),
        rows.getDouble(6),
        rows.getLong(7),
        rows.getLong(8));
  }
}
