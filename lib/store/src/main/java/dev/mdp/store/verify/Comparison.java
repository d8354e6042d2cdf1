package dev.mdp.store.verify;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement: recomputes the bars of some symbols over a slice of time and compares them both
/// ways with those in the table. What is equal is only counted. Stateless.
///
/// Open and close are the price at the smallest and largest `(ts, seq)`: the least and greatest of
/// arrays that begin with these, a seq as two halves because a double holds 53 bits. A volume
/// beyond the doubles, of ticks that another program stored, is infinite: one bar, not the end of
/// the comparison. The call of `clock_timestamp()` is a barrier: without it the planner would put
/// the expressions of the inner query into each aggregate and compute them several times for each
/// tick. The answer is not read through a cursor, because the server works on one processor for a
/// cursor.
final class Comparison {
  private static final String SQL =
      """
      WITH recomputed AS (
        SELECT symbol, start, (min(place))[4] AS open, max(price) AS high, min(price) AS low,
               (max(place))[4] AS close,
               CASE WHEN abs(sum(size)) < 1e308 THEN sum(size)::float8
                    ELSE coalesce(mdp_nearest(sum(size), 1), 0) END AS volume,
               mdp_nearest(sum(price::text::numeric * size), sum(size)) AS vwap, count(*) AS trades,
               %1$s AS newest
          FROM (SELECT symbol, date_bin(?::interval, ts, ?::timestamptz) AS start, price, created_at,
                       size::text::numeric AS size,
                       ARRAY[date_part('epoch', ts), (seq >> 32)::float8,
                             (seq & 4294967295)::float8, price] AS place,
                       clock_timestamp() AS barrier
                  FROM tick_data
                 WHERE provider = ? AND symbol = ANY (?) AND ts >= ? AND ts < ?) t
         GROUP BY symbol, start),
      stored AS (
        SELECT symbol, ts AS start, open, high, low, close, volume, vwap, trade_count, lane, revision
          FROM bars_ohlcv
         WHERE provider = ? AND symbol = ANY (?) AND interval = ? AND ts >= ? AND ts < ?),
      judged AS MATERIALIZED (
        SELECT coalesce(r.symbol, b.symbol) AS symbol, coalesce(r.start, b.start) AS start,
               b.open AS b_open, b.high AS b_high, b.low AS b_low, b.close AS b_close,
               b.volume AS b_volume, b.vwap AS b_vwap, b.trade_count AS b_trades, b.lane, b.revision,
               r.open, r.high, r.low, r.close, r.volume, r.vwap, r.trades, r.newest,
               CASE WHEN %2$s THEN 'pending'
                    WHEN b.start IS NOT NULL AND b.trade_count IS NULL THEN 'external'
                    WHEN (r.open, r.high, r.low, r.close, r.volume, r.vwap, r.trades)
                         IS NOT DISTINCT FROM
                         (b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count)
                    THEN 'equal' ELSE 'different' END AS verdict
          FROM recomputed r FULL JOIN stored b ON r.symbol = b.symbol AND r.start = b.start)
      (SELECT verdict, NULL AS symbol, NULL AS start, count(*) AS windows,
              coalesce(sum(trades), 0)::bigint AS ticks, %3$s
         FROM judged GROUP BY verdict)
      UNION ALL
      (SELECT verdict, symbol, start, 0, 0, newest, b_open, b_high, b_low, b_close, b_volume, b_vwap,
              b_trades, lane, revision, open, high, low, close, volume, vwap, trades
         FROM judged WHERE verdict = 'different' ORDER BY start, symbol)
      """;

  private static final String NOTHING =
      "NULL::timestamptz, NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8,"
          + " NULL::float8, NULL::bigint, NULL::text, NULL::int, NULL::float8, NULL::float8,"
          + " NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::bigint";

  private Comparison() {}

  /// What is to be compared: windows that start in `[fromMicros, toMicros)`, both a multiple of the
  /// interval.
  record TimeSlice(
      String provider,
      List<String> symbols,
      Interval interval,
      long fromMicros,
      long toMicros,
      WindowRule rule) {}

  /// Takes the answer, the totals first.
  interface Answer {
    /// @param verdict `pending`, `external`, `equal` or `different`
    void total(String verdict, long windows, long ticks);

    /// @param newestStored when the newest tick was stored; `Long.MIN_VALUE` when no one asked or
    ///   there is none
    void different(@Nullable Bar stored, int revision, @Nullable Bar recomputed, long newestStored);
  }

  static void run(Connection connection, TimeSlice slice, Answer answer) throws SQLException {
    WindowRule rule = slice.rule();
    boolean asksNewest = slice.toMicros() > rule.sealedThrough();
    List<WindowRule.Starts> open = rule.openIn(slice.fromMicros(), slice.toMicros());
    String sql =
        SQL.formatted(
            asksNewest ? "max(created_at)" : "NULL::timestamptz", pending(slice, open), NOTHING);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, slice, open);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getString(2) == null) {
            answer.total(row.getString(1), row.getLong(4), row.getLong(5));
          } else {
            different(row, slice, answer);
          }
        }
      }
    }
  }

  private static String pending(TimeSlice slice, List<WindowRule.Starts> open) {
    if (firstPending(slice) >= slice.toMicros()) {
      return "false"; // all of them are overdue
    }
    if (slice.rule().behind()) {
      return "coalesce(r.start, b.start) >= ?::timestamptz";
    }
    return "false"
        + " OR coalesce(r.start, b.start) BETWEEN ?::timestamptz AND ?::timestamptz"
            .repeat(open.size());
  }

  /// The first window of the slice that is not overdue.
  private static long firstPending(TimeSlice slice) {
    long overdueBefore = slice.rule().overdueBefore();
    long windows = slice.interval().micros();
    return overdueBefore < slice.fromMicros() + windows
        ? slice.fromMicros()
        : overdueBefore >= slice.toMicros()
            ? slice.toMicros()
            : slice.interval().start(overdueBefore);
  }

  private static void bind(
      Connection connection,
      PreparedStatement statement,
      TimeSlice slice,
      List<WindowRule.Starts> open)
      throws SQLException {
    int next = 1;
    statement.setString(next++, slice.interval().micros() + " microseconds");
    statement.setObject(next++, RowTable.utc(slice.fromMicros()));
    for (int table = 0; table < 2; table++) {
      statement.setString(next++, slice.provider());
      statement.setArray(
          next++, connection.createArrayOf("text", slice.symbols().toArray(Object[]::new)));
      if (table == 1) {
        statement.setString(next++, slice.interval().toString());
      }
      statement.setObject(next++, RowTable.utc(slice.fromMicros()));
      statement.setObject(next++, RowTable.utc(slice.toMicros()));
    }
    long firstPending = firstPending(slice);
    if (firstPending >= slice.toMicros()) {
      return;
    }
    if (slice.rule().behind()) {
      statement.setObject(next, RowTable.utc(firstPending));
      return;
    }
    for (WindowRule.Starts starts : open) {
      statement.setObject(next++, RowTable.utc(Math.max(starts.first(), firstPending)));
      statement.setObject(next++, RowTable.utc(Math.min(starts.last(), slice.toMicros())));
    }
  }

  private static void different(ResultSet row, TimeSlice slice, Answer answer) throws SQLException {
    OffsetDateTime newest = row.getObject(6, OffsetDateTime.class);
    Bar stored = null;
    if (row.getObject(7) != null) {
      String lane = row.getString(14);
      stored = bar(row, slice, 7, row.getLong(13), lane == null ? MarketEvent.LIVE : lane);
    }
    Bar recomputed =
        row.getObject(16) == null ? null : bar(row, slice, 16, row.getLong(22), MarketEvent.LIVE);
    answer.different(
        stored,
        row.getInt(15),
        recomputed,
        newest == null ? Long.MIN_VALUE : Micros.of(newest.toInstant()));
  }

  private static Bar bar(ResultSet row, TimeSlice slice, int first, long trades, String lane)
      throws SQLException {
    double vwap = row.getDouble(first + 5);
    vwap = row.wasNull() ? Double.NaN : vwap;
    return new Bar(
        slice.provider(),
        lane,
        new Symbol(row.getString(2)),
        slice.interval(),
        Micros.of(row.getObject(3, OffsetDateTime.class).toInstant()),
        row.getDouble(first),
        row.getDouble(first + 1),
        row.getDouble(first + 2),
        row.getDouble(first + 3),
        row.getDouble(first + 4),
        vwap,
        trades);
  }
}
