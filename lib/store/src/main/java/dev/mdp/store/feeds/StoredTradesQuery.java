package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Which trades of a series' time are stored. Ids and times rise nearly alike: a trade's time may
/// be out of the order of the ids by a thousand trades. Stateless.
final class StoredTradesQuery {
  private static final int DISORDER = 1_000;

  private static final String BELOW =
      """
      SELECT seq, ts, min(ts) OVER () AS scan
        FROM (SELECT seq, ts FROM tick_data WHERE %s AND seq >= 0
               ORDER BY ts DESC, seq DESC LIMIT %d) t
       ORDER BY seq DESC, ts LIMIT 1
      """
          .formatted(TickWindow.WHERE, DISORDER);

  private static final String ABOVE =
      """
      SELECT seq, ts, scan
        FROM (SELECT seq, ts, max(ts) OVER () AS scan
                FROM (SELECT seq, ts FROM tick_data WHERE %s AND seq >= 0
                       ORDER BY ts, seq LIMIT %d) n) t
       WHERE seq > ? ORDER BY seq, ts LIMIT 1
      """
          .formatted(TickWindow.WHERE, DISORDER);

  private static final String COUNT =
      "SELECT count(*), count(DISTINCT seq), min(seq), max(seq), min(ts), max(ts) FROM tick_data WHERE "
          + TickWindow.WHERE;

  private static final String BETWEEN = " AND seq > ? AND seq < ?";

  private StoredTradesQuery() {}

  /// @param scanMicros of the trades that were looked at the furthest one's time
  private record Edge(TradeMark trade, long scanMicros) {}

  /// Of a series whose ids prove nothing: by time alone.
  static StoredTrades byTime(Connection connection, AuditedSeries series) throws SQLException {
    TickWindow window = TickWindow.of(series, series.fromMicros(), series.toMicros());
    try (PreparedStatement statement = window.prepare(connection, COUNT, 1)) {
      return counted(statement, Optional.empty(), Optional.empty(), window);
    }
  }

  /// @param epoch all of the time of the series' epoch
  static StoredTrades byIds(Connection connection, AuditedSeries series, TickWindow epoch)
      throws SQLException {
    Optional<Edge> below =
        edge(connection, BELOW, TickWindow.of(series, epoch.fromMicros(), series.fromMicros()));
    Optional<Edge> last =
        edge(connection, BELOW, TickWindow.of(series, epoch.fromMicros(), series.toMicros()));
    Optional<Edge> above =
        edge(
            connection,
            ABOVE,
            TickWindow.of(series, series.toMicros(), epoch.toMicros()),
            last.map(edge -> edge.trade().id()).orElse(-1L));
    TickWindow scan =
        TickWindow.of(
            series,
            below.map(Edge::scanMicros).orElse(epoch.fromMicros()),
            above.map(edge -> edge.scanMicros() + 1).orElse(epoch.toMicros()));
    try (PreparedStatement statement = scan.prepare(connection, COUNT + BETWEEN, 1)) {
      statement.setLong(5, below.map(edge -> edge.trade().id()).orElse(-1L));
      statement.setLong(6, above.map(edge -> edge.trade().id()).orElse(Long.MAX_VALUE));
      return counted(statement, below.map(Edge::trade), above.map(Edge::trade), scan);
    }
  }

  private static StoredTrades counted(
      PreparedStatement statement,
      Optional<TradeMark> below,
      Optional<TradeMark> above,
      TickWindow scan)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      Optional<TradeRun> run =
          row.getLong(1) == 0
              ? Optional.empty()
              : Optional.of(
                  new TradeRun(
                      new TradeMark(row.getLong(3), micros(row, 5)),
                      new TradeMark(row.getLong(4), micros(row, 6))));
      return new StoredTrades(
          row.getLong(1), row.getLong(2), run, below, above, scan.fromMicros(), scan.toMicros());
    }
  }

  private static Optional<Edge> edge(Connection connection, String sql, TickWindow among)
      throws SQLException {
    try (PreparedStatement statement = among.prepare(connection, sql, 1)) {
      return edge(statement);
    }
  }

  private static Optional<Edge> edge(
      Connection connection, String sql, TickWindow among, long afterId) throws SQLException {
    try (PreparedStatement statement = among.prepare(connection, sql, 1)) {
      statement.setLong(5, afterId);
      return edge(statement);
    }
  }

  private static Optional<Edge> edge(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(new Edge(new TradeMark(row.getLong(1), micros(row, 2)), micros(row, 3)))
          : Optional.empty();
    }
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    return Micros.of(row.getObject(column, java.time.OffsetDateTime.class).toInstant());
  }
}
