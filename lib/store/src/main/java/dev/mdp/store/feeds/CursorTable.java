package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `feed_cursors`, and for each series that is new there a row of `feed_series`. Stateless; runs
/// inside the caller's transaction.
final class CursorTable {
  /// What [#read] reads.
  static final String SELECTED = "symbol, epoch, first_id, contiguous_through, head, head_ts";

  private static final List<RowColumn<FeedCursor>> COLUMNS =
      List.of(
          new RowColumn.Text<>("symbol", cursor -> cursor.symbol().value()),
          new RowColumn.Whole<>("epoch", FeedCursor::epoch),
          new RowColumn.Whole<>("first_id", FeedCursor::firstId),
          new RowColumn.Whole<>("contiguous_through", FeedCursor::contiguousThrough),
          new RowColumn.Whole<>("head", cursor -> cursor.head().id()),
          new RowColumn.Time<>("head_ts", cursor -> cursor.head().micros()));

  /// Within an epoch the head only rises; what leads to it falls when the log lost entries.
  private static final String UPSERT =
      """
      INSERT INTO feed_cursors AS c (provider, symbol, epoch, first_id, contiguous_through, head, head_ts)
      SELECT k.provider, i.symbol, i.epoch, i.first_id, i.contiguous_through, i.head, i.head_ts
        FROM %s AS %s, (SELECT ?::text AS provider) AS k
      ON CONFLICT (provider, symbol, epoch) DO UPDATE
         SET first_id = least(c.first_id, excluded.first_id),
             contiguous_through = excluded.contiguous_through,
             head = greatest(c.head, excluded.head),
             head_ts = CASE WHEN excluded.head > c.head THEN excluded.head_ts ELSE c.head_ts END
      RETURNING %s, xmax = 0 AS is_new
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS), SELECTED);

  private static final String BEGIN_SERIES =
      """
      INSERT INTO feed_series (provider, symbol, epoch, ids, ts_from)
      SELECT k.provider, i.symbol, i.epoch, k.ids, i.head_ts
        FROM %s AS %s, (SELECT ?::text AS provider, ?::text AS ids) AS k
      ON CONFLICT (provider, symbol, epoch) DO UPDATE SET ids = excluded.ids
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  private record Epoch(Symbol symbol, int number) {}

  private CursorTable() {}

  /// Of several cursors of one series and epoch the last one counts.
  static void write(Connection connection, String provider, TradeIds ids, List<FeedCursor> cursors)
      throws SQLException {
    if (cursors.isEmpty()) {
      return;
    }
    Map<Epoch, FeedCursor> last = new LinkedHashMap<>();
    cursors.forEach(cursor -> last.put(new Epoch(cursor.symbol(), cursor.epoch()), cursor));
    List<FeedCursor> begun = upsert(connection, provider, List.copyOf(last.values()));
    if (!begun.isEmpty()) {
      begin(connection, provider, ids, begun);
    }
  }

  /// Returns those that were not there.
  private static List<FeedCursor> upsert(
      Connection connection, String provider, List<FeedCursor> cursors) throws SQLException {
    List<FeedCursor> begun = new ArrayList<>();
    int stored = 0;
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      statement.setString(RowTable.bind(statement, COLUMNS, cursors), provider);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          stored++;
          if (row.getBoolean("is_new")) {
            begun.add(read(row));
          }
        }
      }
    }
    KeptOut.require("feed_cursors", cursors.size(), stored);
    return begun;
  }

  private static void begin(
      Connection connection, String provider, TradeIds ids, List<FeedCursor> begun)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN_SERIES)) {
      int next = RowTable.bind(statement, COLUMNS, begun);
      statement.setString(next, provider);
      statement.setString(next + 1, ids.word());
      KeptOut.require("feed_series", begun.size(), statement.executeUpdate());
    }
  }

  static FeedCursor read(ResultSet row) throws SQLException {
    return new FeedCursor(
        new Symbol(row.getString("symbol")),
        row.getInt("epoch"),
        row.getLong("first_id"),
        row.getLong("contiguous_through"),
        new TradeMark(row.getLong("head"), Micros.of(PositionTable.instant(row, "head_ts"))));
  }
}
