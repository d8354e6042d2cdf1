package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `feed_gaps`. Of a hole's neighbours only the times are columns: their ids follow from the
/// hole's. Stateless; runs inside the caller's transaction.
final class GapTable {
  /// What [#read] reads.
  static final String SELECTED =
      "symbol, epoch, id_from, id_to, ts_from, ts_to, state, reason, tries, void_since, found_at, closed_at";

  private static final List<RowColumn<FeedGap>> COLUMNS =
      List.of(
          new RowColumn.Text<>("symbol", gap -> gap.symbol().value()),
          new RowColumn.Whole<>("epoch", FeedGap::epoch),
          new RowColumn.Whole<>("id_from", gap -> gap.ids().first()),
          new RowColumn.Whole<>("id_to", gap -> gap.ids().last()),
          new RowColumn.Time<>("ts_from", gap -> gap.below().micros()),
          new RowColumn.Time<>("ts_to", gap -> gap.above().micros()),
          new RowColumn.Text<>("state", gap -> gap.state().word()),
          new RowColumn.Text<>("reason", FeedGap::reason),
          new RowColumn.Whole<>("tries", FeedGap::tries),
          new RowColumn.Time<>("void_since", FeedGap::voidSinceMicros),
          new RowColumn.Time<>("found_at", FeedGap::foundMicros),
          new RowColumn.Time<>("closed_at", FeedGap::closedMicros));

  /// A hole that is known keeps its number, and takes none from the sequence.
  private static final String UPSERT =
      """
      INSERT INTO feed_gaps (id, provider, %3$s)
      SELECT coalesce(known.id, nextval('feed_gaps_id_seq')), k.provider, i.symbol, i.epoch, i.id_from, i.id_to,
             i.ts_from, i.ts_to, i.state, coalesce(i.reason, ''), i.tries,
             nullif(i.void_since, timestamptz 'epoch'), i.found_at, nullif(i.closed_at, timestamptz 'epoch')
        FROM %1$s AS %2$s
       CROSS JOIN (SELECT ?::text AS provider) AS k
        LEFT JOIN LATERAL (SELECT g.id FROM feed_gaps g
                            WHERE g.provider = k.provider AND g.symbol = i.symbol
                              AND g.epoch = i.epoch AND g.id_from = i.id_from LIMIT 1) AS known ON true
      ON CONFLICT (provider, symbol, epoch, id_from) DO UPDATE
         SET id_to = excluded.id_to, ts_from = excluded.ts_from, ts_to = excluded.ts_to,
             state = excluded.state, reason = excluded.reason, tries = excluded.tries,
             void_since = excluded.void_since, found_at = excluded.found_at, closed_at = excluded.closed_at
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS), SELECTED);

  private record Identity(Symbol symbol, int epoch, long first) {}

  private GapTable() {}

  /// Counts the open holes of a series and their ids.
  ///
  /// @param series the alias of a table that has its provider and symbol
  static String openOf(String series) {
    return """
    SELECT count(*) AS open_gaps,
           least(coalesce(sum(o.id_to::numeric - o.id_from + 1), 0), %d)::bigint AS open_ids
      FROM feed_gaps o
     WHERE o.provider = %s.provider AND o.symbol = %s.symbol AND o.state = 'open'
    """
        .formatted(Long.MAX_VALUE, series, series);
  }

  /// Of several holes of one identity the last one counts.
  static void write(Connection connection, String provider, List<FeedGap> gaps)
      throws SQLException {
    if (gaps.isEmpty()) {
      return;
    }
    Map<Identity, FeedGap> last = new LinkedHashMap<>();
    gaps.forEach(gap -> last.put(new Identity(gap.symbol(), gap.epoch(), gap.ids().first()), gap));
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      int next = RowTable.bind(statement, COLUMNS, List.copyOf(last.values()));
      statement.setString(next, provider);
      KeptOut.require("feed_gaps", last.size(), statement.executeUpdate());
    }
  }

  static FeedGap read(ResultSet row) throws SQLException {
    IdRange ids = new IdRange(row.getLong("id_from"), row.getLong("id_to"));
    return new FeedGap(
        new Symbol(row.getString("symbol")),
        row.getInt("epoch"),
        ids,
        new TradeMark(ids.first() - 1, micros(row, "ts_from")),
        new TradeMark(ids.last() + 1, micros(row, "ts_to")),
        GapState.of(row.getString("state")),
        row.getString("reason"),
        row.getInt("tries"),
        micros(row, "void_since"),
        micros(row, "found_at"),
        micros(row, "closed_at"));
  }

  /// 0 for NULL.
  private static long micros(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? 0 : Micros.of(time.toInstant());
  }
}
