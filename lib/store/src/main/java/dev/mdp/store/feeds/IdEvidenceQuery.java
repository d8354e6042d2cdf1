package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.IdEvidence;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredTrades;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/// The ids between stored trades, found on the server, merged with the holes that are noted: a row
/// of the answer is one or the other. Stateless.
final class IdEvidenceQuery {
  private static final String MISSING_AND_NOTED =
      """
      WITH stored AS (
        SELECT seq, ts FROM tick_data WHERE %s AND seq > ? AND seq < ?
        UNION ALL SELECT ?::bigint, ?::timestamptz
        UNION ALL SELECT ?::bigint, ?::timestamptz),
      missing AS (
        SELECT below + 1 AS id_from, seq - 1 AS id_to,
               least(ts, below_ts) AS ts_from, greatest(ts, below_ts) AS ts_to
          FROM (SELECT seq, ts, lag(seq) OVER by_id AS below, lag(ts) OVER by_id AS below_ts
                  FROM stored WINDOW by_id AS (ORDER BY seq, ts)) t
         WHERE seq > below + 1)
      SELECT NULL::bigint AS id, NULL AS symbol, NULL::int AS epoch, id_from, id_to, ts_from, ts_to,
             NULL AS state, NULL AS reason, NULL::int AS tries, NULL::timestamptz AS void_since,
             NULL::timestamptz AS found_at, NULL::timestamptz AS closed_at
        FROM missing
      UNION ALL
      SELECT id, %s
        FROM feed_gaps
       WHERE provider = ? AND symbol = ? AND epoch = ? AND id_to > ? AND id_from < ?
       ORDER BY id_from, id NULLS FIRST
      """
          .formatted(TickWindow.WHERE, GapTable.SELECTED);

  private static final String NOTED =
      """
      SELECT id, %s FROM feed_gaps
       WHERE provider = ? AND symbol = ? AND ts_to >= ? AND ts_from < ? ORDER BY id_from, id
      """
          .formatted(GapTable.SELECTED);

  private IdEvidenceQuery() {}

  static void missingAndNoted(
      Connection connection,
      AuditedSeries series,
      StoredTrades stored,
      TradeMark below,
      TradeMark above,
      Consumer<IdEvidence> to)
      throws SQLException {
    TickWindow scan = TickWindow.of(series, stored.scanFromMicros(), stored.scanToMicros());
    try (PreparedStatement statement = scan.prepare(connection, MISSING_AND_NOTED, 1)) {
      statement.setLong(5, below.id());
      statement.setLong(6, above.id());
      statement.setLong(7, below.id());
      statement.setObject(8, RowTable.utc(below.micros()));
      statement.setLong(9, above.id());
      statement.setObject(10, RowTable.utc(above.micros()));
      statement.setString(11, series.provider());
      statement.setString(12, series.symbol().value());
      statement.setInt(13, series.epoch());
      statement.setLong(14, below.id());
      statement.setLong(15, above.id());
      read(statement, to);
    }
  }

  /// Of a series whose ids prove nothing: by time.
  static void noted(Connection connection, AuditedSeries series, Consumer<IdEvidence> to)
      throws SQLException {
    TickWindow time = TickWindow.of(series, series.fromMicros(), series.toMicros());
    try (PreparedStatement statement = time.prepare(connection, NOTED, 1)) {
      read(statement, to);
    }
  }

  private static void read(PreparedStatement statement, Consumer<IdEvidence> to)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long number = row.getLong("id");
        to.accept(row.wasNull() ? missing(row) : new IdEvidence.Noted(number, GapTable.read(row)));
      }
    }
  }

  private static IdEvidence missing(ResultSet row) throws SQLException {
    return new IdEvidence.Missing(
        new IdRange(row.getLong("id_from"), row.getLong("id_to")),
        Micros.of(PositionTable.instant(row, "ts_from")),
        Micros.of(PositionTable.instant(row, "ts_to")));
  }
}
