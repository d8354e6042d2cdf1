package dev.mdp.store.feeds;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.SeriesState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a new owner is told of the series of its shard: of each the newest epoch, and the open
/// holes of that epoch. The ids of an earlier one mean nothing to the venue any more; who begins an
/// epoch closes the former one's holes. Stateless; runs inside the caller's transaction.
final class NotedSeries {
  private static final String CURSORS =
      "SELECT DISTINCT ON (symbol) "
          + CursorTable.SELECTED
          + " FROM feed_cursors WHERE provider = ? ORDER BY symbol, epoch DESC";

  private static final String OPEN_GAPS =
      "SELECT "
          + GapTable.SELECTED
          + " FROM feed_gaps WHERE provider = ? AND state = 'open' ORDER BY symbol, id_from";

  private record Epoch(Symbol symbol, int number) {}

  private NotedSeries() {}

  static List<SeriesState> of(Connection connection, FeedKey key) throws SQLException {
    Map<Epoch, List<FeedGap>> open = openGaps(connection, key.provider());
    List<SeriesState> series = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CURSORS)) {
      statement.setString(1, key.provider());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          FeedCursor cursor = CursorTable.read(row);
          if (isOf(key, cursor.symbol())) {
            Epoch newest = new Epoch(cursor.symbol(), cursor.epoch());
            series.add(new SeriesState(cursor, open.getOrDefault(newest, List.of())));
          }
        }
      }
    }
    return series;
  }

  private static boolean isOf(FeedKey key, Symbol symbol) {
    return Shards.of(key.provider(), symbol.value(), key.shards()) == key.shard();
  }

  private static Map<Epoch, List<FeedGap>> openGaps(Connection connection, String provider)
      throws SQLException {
    Map<Epoch, List<FeedGap>> open = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(OPEN_GAPS)) {
      statement.setString(1, provider);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          FeedGap gap = GapTable.read(row);
          Epoch epoch = new Epoch(gap.symbol(), gap.epoch());
          open.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(gap);
        }
      }
    }
    return open;
  }
}
