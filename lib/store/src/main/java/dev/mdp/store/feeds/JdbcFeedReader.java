package dev.mdp.store.feeds;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the feeds' tables. A series is its newest epoch, with the open holes of all its epochs;
/// the times of a query are those of holes. Thread-safe.
public final class JdbcFeedReader implements FeedReader {
  /// The shard of a series whose provider has no position: someone has forgotten where it was.
  private static final int NO_SHARD = -1;

  private static final String SERIES =
      """
      SELECT c.*, s.ids, g.open_gaps, g.open_ids
        FROM (SELECT DISTINCT ON (provider, symbol) provider, %s, updated_at
                FROM feed_cursors
               WHERE (? = '' OR provider = ?) AND (? = '' OR symbol = ?)
               ORDER BY provider, symbol, epoch DESC LIMIT ?) AS c
        JOIN feed_series s USING (provider, symbol, epoch)
       CROSS JOIN LATERAL (%s) AS g
       ORDER BY c.provider, c.symbol
      """
          .formatted(CursorTable.SELECTED, GapTable.openOf("c"));

  private static final String GAPS =
      """
      SELECT id, provider, %s
        FROM feed_gaps
       WHERE (? = '' OR provider = ?) AND (? = '' OR symbol = ?)
         AND ts_to >= ? AND ts_from < ? AND (state = 'open' OR NOT ?)
       ORDER BY ts_from DESC, id DESC LIMIT ?
      """
          .formatted(GapTable.SELECTED);

  private final Database database;

  public JdbcFeedReader(Database database) {
    this.database = database;
  }

  @Override
  public List<Row> series(Query query) {
    return database.query(
        "list the series of feeds",
        connection -> {
          Map<String, ProviderShards> shards = ProviderShards.all(connection);
          try (PreparedStatement statement = connection.prepareStatement(SERIES)) {
            statement.setInt(bindNames(statement, query), query.limit());
            List<Row> all = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                all.add(series(row, shards));
              }
            }
            return all;
          }
        });
  }

  private static Row series(ResultSet row, Map<String, ProviderShards> shards) throws SQLException {
    FeedCursor cursor = CursorTable.read(row);
    String provider = row.getString("provider");
    ProviderShards of = shards.get(provider);
    int shard = of == null ? NO_SHARD : Shards.of(provider, cursor.symbol().value(), of.shards());
    return new Row(
        provider,
        shard,
        TradeIds.valueOf(row.getString("ids").toUpperCase(Locale.ROOT)),
        cursor,
        of == null ? Optional.empty() : of.owner(shard),
        PositionTable.instant(row, "updated_at"),
        row.getLong("open_gaps"),
        row.getLong("open_ids"));
  }

  @Override
  public List<Gap> gaps(Query query) {
    return database.query(
        "list the gaps of feeds",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(GAPS)) {
            int next = bindNames(statement, query);
            statement.setObject(
                next, RowTable.utc(query.from().map(Micros::of).orElse(Micros.MIN)));
            statement.setObject(
                next + 1, RowTable.utc(query.to().map(Micros::of).orElse(Micros.MAX)));
            statement.setBoolean(next + 2, query.openOnly());
            statement.setInt(next + 3, query.limit());
            List<Gap> all = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                all.add(new Gap(row.getLong("id"), row.getString("provider"), GapTable.read(row)));
              }
            }
            return all;
          }
        });
  }

  /// Returns the next parameter's index.
  private static int bindNames(PreparedStatement statement, Query query) throws SQLException {
    int next = 1;
    for (Optional<String> name : List.of(query.provider(), query.symbol())) {
      statement.setString(next++, name.orElse(""));
      statement.setString(next++, name.orElse(""));
    }
    return next;
  }
}
