package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedLease;
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

/// `feed_states`. Stateless; runs inside the caller's transaction.
final class StateTable {
  private static final List<RowColumn<FeedInterval>> COLUMNS =
      List.of(
          new RowColumn.Text<>("symbol", interval -> interval.symbol().value()),
          new RowColumn.Text<>("state", interval -> interval.state().word()),
          new RowColumn.Time<>("ts_from", FeedInterval::fromMicros),
          new RowColumn.Time<>("ts_to", FeedInterval::toMicros));

  private static final String UPSERT =
      """
      INSERT INTO feed_states (provider, symbol, state, ts_from, ts_to, session)
      SELECT k.provider, i.symbol, i.state, i.ts_from, i.ts_to, k.session
        FROM %s AS %s, (SELECT ?::text AS provider, ?::bigint AS session) AS k
      ON CONFLICT (provider, symbol, ts_from) DO UPDATE
         SET state = excluded.state, ts_to = excluded.ts_to, session = excluded.session
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  /// A part of `WITH RECURSIVE`: `state_names(provider, symbol)`, found by steps down the primary
  /// key.
  static final String NAMES =
      """
      state_names(provider, symbol) AS (
        (SELECT provider, symbol FROM feed_states ORDER BY provider, symbol LIMIT 1)
        UNION ALL
        SELECT n.provider, n.symbol FROM state_names s
         CROSS JOIN LATERAL (SELECT t.provider, t.symbol FROM feed_states t
                              WHERE (t.provider, t.symbol) > (s.provider, s.symbol)
                              ORDER BY t.provider, t.symbol LIMIT 1) n)
      """;

  /// From the last one that began before the time.
  private static final String DURING =
      """
      SELECT symbol, state, ts_from, ts_to FROM feed_states
       WHERE provider = ? AND symbol = ? AND ts_from < ?
         AND ts_from >= coalesce((SELECT max(b.ts_from) FROM feed_states b
                                   WHERE b.provider = ? AND b.symbol = ? AND b.ts_from <= ?),
                                 '-infinity')
       ORDER BY ts_from
      """;

  private record Identity(Symbol symbol, long fromMicros) {}

  private StateTable() {}

  /// Of several intervals of one identity the last one counts.
  static void write(Connection connection, FeedLease lease, List<FeedInterval> intervals)
      throws SQLException {
    if (intervals.isEmpty()) {
      return;
    }
    Map<Identity, FeedInterval> last = new LinkedHashMap<>();
    intervals.forEach(
        interval -> last.put(new Identity(interval.symbol(), interval.fromMicros()), interval));
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      int next = RowTable.bind(statement, COLUMNS, List.copyOf(last.values()));
      statement.setString(next, lease.key().provider());
      statement.setLong(next + 1, lease.epoch());
      KeptOut.require("feed_states", last.size(), statement.executeUpdate());
    }
  }

  /// The states of a series that touch a time, and the last one before it.
  static List<FeedInterval> during(Connection connection, TickWindow time) throws SQLException {
    List<FeedInterval> states = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DURING)) {
      statement.setString(1, time.provider());
      statement.setString(2, time.symbol());
      statement.setObject(3, RowTable.utc(time.toMicros()));
      statement.setString(4, time.provider());
      statement.setString(5, time.symbol());
      statement.setObject(6, RowTable.utc(time.fromMicros()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          states.add(read(row));
        }
      }
    }
    return states;
  }

  /// Reads symbol, state, ts_from and ts_to.
  static FeedInterval read(ResultSet row) throws SQLException {
    return new FeedInterval(
        new Symbol(row.getString("symbol")),
        FeedInterval.State.of(row.getString("state")),
        Micros.of(PositionTable.instant(row, "ts_from")),
        Micros.of(PositionTable.instant(row, "ts_to")));
  }
}
