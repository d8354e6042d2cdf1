package dev.mdp.store.feeds;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStatus;
import dev.mdp.store.database.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How live feeds are now, by their tables. Thread-safe.
public final class JdbcFeedStatus implements FeedStatus {
  private static final String SHARDS =
      """
      SELECT provider, topic, shard, shards, position, updated_at, lease_until,
             CASE WHEN lease_until > clock_timestamp() THEN owner END AS owner
        FROM feed_positions WHERE ? = '' OR provider = ? ORDER BY provider, shard
      """;

  private static final String SERIES =
      """
      WITH RECURSIVE %s,
      named AS (SELECT provider, symbol FROM state_names UNION SELECT provider, symbol FROM feed_cursors)
      SELECT n.provider, n.symbol, c.epoch, c.first_id, c.contiguous_through, c.head, c.head_ts,
             s.state, s.ts_from, s.ts_to, g.open_gaps, g.open_ids
        FROM named n
        LEFT JOIN LATERAL (SELECT * FROM feed_cursors c
                            WHERE c.provider = n.provider AND c.symbol = n.symbol
                            ORDER BY c.epoch DESC LIMIT 1) c ON true
        LEFT JOIN LATERAL (SELECT * FROM feed_states s
                            WHERE s.provider = n.provider AND s.symbol = n.symbol
                            ORDER BY s.ts_from DESC LIMIT 1) s ON true
       CROSS JOIN LATERAL (%s) g
       WHERE (? = '' OR n.provider = ?) AND (? = '' OR n.symbol = ?)
       ORDER BY n.provider, n.symbol
      """
          .formatted(StateTable.NAMES, GapTable.openOf("n"));

  private static final String CLOSED =
      """
      SELECT host, egress, closed_until FROM rate_budgets
       WHERE closed_until > clock_timestamp() ORDER BY host, egress
      """;

  /// Of each hole and shard the last entry that a window waits for.
  private static final String WAITING =
      """
      SELECT g.id, r.topic, r.shard,
             max(ARRAY[split_part(r.position, '-', 1)::bigint, split_part(r.position, '-', 2)::bigint])
        FROM feed_gaps g
        JOIN pending_repairs r
          ON r.provider = g.provider AND r.symbol = g.symbol
         AND r.ts <= g.ts_to AND r.ts + r.interval::interval > g.ts_from
       WHERE g.id = ANY (?) AND g.state = 'filled'
       GROUP BY g.id, r.topic, r.shard
      """;

  private final Database database;

  public JdbcFeedStatus(Database database) {
    this.database = database;
  }

  @Override
  public Now now(Optional<String> provider, Optional<String> symbol) {
    return database.query(
        "look at the feeds",
        connection ->
            new Now(
                shards(connection, provider.orElse("")),
                series(connection, provider.orElse(""), symbol.orElse("")),
                closed(connection)));
  }

  private static List<Shard> shards(Connection connection, String provider) throws SQLException {
    List<Shard> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SHARDS)) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          all.add(
              new Shard(
                  row.getString("provider"),
                  row.getString("topic"),
                  row.getInt("shard"),
                  row.getInt("shards"),
                  Optional.ofNullable(row.getString("owner")),
                  Optional.ofNullable(row.getObject("lease_until", OffsetDateTime.class))
                      .map(OffsetDateTime::toInstant),
                  Position.parse(row.getString("position")),
                  PositionTable.instant(row, "updated_at")));
        }
      }
    }
    return all;
  }

  private static List<Series> series(Connection connection, String provider, String symbol)
      throws SQLException {
    List<Series> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SERIES)) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      statement.setString(3, symbol);
      statement.setString(4, symbol);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          all.add(
              new Series(
                  row.getString("provider"),
                  new Symbol(row.getString("symbol")),
                  row.getObject("head") == null
                      ? Optional.empty()
                      : Optional.of(CursorTable.read(row)),
                  row.getString("state") == null
                      ? Optional.empty()
                      : Optional.of(StateTable.read(row)),
                  row.getLong("open_gaps"),
                  row.getLong("open_ids")));
        }
      }
    }
    return all;
  }

  private static List<Closed> closed(Connection connection) throws SQLException {
    List<Closed> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CLOSED)) {
      while (row.next()) {
        all.add(
            new Closed(
                row.getString("host"),
                row.getString("egress"),
                PositionTable.instant(row, "closed_until")));
      }
    }
    return all;
  }

  @Override
  public Map<Long, Wait> waiting(Collection<FeedReader.Gap> gaps) {
    if (gaps.isEmpty()) {
      return Map.of();
    }
    return database.query(
        "look for windows that wait",
        connection -> {
          FeedArrivals arrivals = FeedArrivals.read(connection, Duration.ZERO);
          Map<Long, Wait> waiting = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            Object[] numbers = gaps.stream().map(FeedReader.Gap::id).toArray();
            statement.setArray(1, connection.createArrayOf("int8", numbers));
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                boolean isStored =
                    arrivals.isStored(row.getString(2), row.getInt(3), position(row.getArray(4)));
                waiting.merge(
                    row.getLong(1),
                    isStored ? Wait.BARS : Wait.TICKS,
                    (a, b) -> a == Wait.TICKS ? a : b);
              }
            }
          }
          return waiting;
        });
  }

  private static Position position(Array array) throws SQLException {
    Long[] parts = (Long[]) array.getArray();
    return new Position(parts[0], parts[1]);
  }
}
