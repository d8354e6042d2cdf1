package dev.mdp.store.feeds;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.TradePause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Which seconds of a series' time have a trade. In the order of the primary key, so that the
/// server sorts nothing. Stateless.
final class SecondsQuery {
  private static final String SECOND = "date_bin('1 second', ts, timestamptz 'epoch')";

  /// Also between the last second before the time and the first trade.
  private static final String PAUSES =
      """
      SELECT extract(epoch FROM before)::bigint + 1, extract(epoch FROM second)::bigint
        FROM (SELECT ts, seq, %1$s AS second,
                     lag(%1$s, 1, timestamptz 'epoch' + make_interval(secs => ?)) OVER (ORDER BY ts, seq) AS before
                FROM tick_data WHERE %2$s) t
       WHERE second > before + interval '1 second'
       ORDER BY ts, seq
      """
          .formatted(SECOND, TickWindow.WHERE);

  private static final String LAST =
      "SELECT extract(epoch FROM "
          + SECOND
          + ")::bigint FROM tick_data WHERE "
          + TickWindow.WHERE
          + " ORDER BY ts DESC LIMIT 1";

  private static final String COUNT =
      """
      SELECT count(*) FILTER (WHERE second IS DISTINCT FROM before)
        FROM (SELECT %1$s AS second, lag(%1$s) OVER (ORDER BY ts, seq) AS before
                FROM tick_data WHERE %2$s) t
      """
          .formatted(SECOND, TickWindow.WHERE);

  private static final long MICROS = 1_000_000;

  private SecondsQuery() {}

  static void pauses(Connection connection, AuditedSeries series, Consumer<TradePause> to)
      throws SQLException {
    long from = Math.floorDiv(series.fromMicros(), MICROS);
    long end = Math.floorDiv(series.toMicros(), MICROS);
    try (PreparedStatement statement = window(series).prepare(connection, PAUSES, 2)) {
      statement.setDouble(1, from - 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          to.accept(new TradePause(row.getLong(1), row.getLong(2)));
        }
      }
    }
    long after = from;
    try (PreparedStatement statement = window(series).prepare(connection, LAST, 1);
        ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        after = row.getLong(1) + 1;
      }
    }
    if (after < end) {
      to.accept(new TradePause(after, end));
    }
  }

  static long withTrades(Connection connection, AuditedSeries series) throws SQLException {
    try (PreparedStatement statement = window(series).prepare(connection, COUNT, 1);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /// The whole seconds of the time: the one in which the next epoch begins is that one's.
  private static TickWindow window(AuditedSeries series) {
    return TickWindow.of(
        series,
        Math.floorDiv(series.fromMicros(), MICROS) * MICROS,
        Math.floorDiv(series.toMicros(), MICROS) * MICROS);
  }
}
