package dev.mdp.store.feeds;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
}
