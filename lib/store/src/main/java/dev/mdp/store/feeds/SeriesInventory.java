package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedAudit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.TradeIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which series feeds noted, epoch by epoch, and when each epoch was. One connection, one thread.
final class SeriesInventory {
  /// One that has had no trade is known by its states alone, and has the ids of its provider.
  private static final String NOTED =
      """
      WITH RECURSIVE %s,
      named AS (
        SELECT provider, symbol, epoch, ids, ts_from FROM feed_series
        UNION ALL
        SELECT t.provider, t.symbol, 0, NULL, NULL::timestamptz FROM state_names t
         WHERE NOT EXISTS (SELECT FROM feed_series s
                            WHERE s.provider = t.provider AND s.symbol = t.symbol))
      SELECT provider, symbol, epoch, ts_from, c.first_id, c.contiguous_through, c.head, c.head_ts,
             coalesce(ids, (SELECT min(o.ids) FROM feed_series o WHERE o.provider = n.provider), 'none') AS ids
        FROM named n LEFT JOIN feed_cursors c USING (provider, symbol, epoch)
       WHERE (? = '' OR provider = ?) AND (cardinality(?::text[]) = 0 OR symbol = ANY (?))
       ORDER BY provider, symbol, epoch
      """
          .formatted(StateTable.NAMES);

  /// The first trade that cannot be one of the former epoch's: later than its head, and of an id
  /// that lies further below it than a venue's page.
  private static final String BEGIN =
      "SELECT ts FROM tick_data WHERE "
          + TickWindow.WHERE
          + " AND seq < ? ORDER BY ts, seq LIMIT 1";

  private static final long PAGE = 1_000;

  private static final String FIRST_KNOWN =
      """
      SELECT least((SELECT ts FROM tick_data WHERE provider = ? AND symbol = ? ORDER BY ts LIMIT 1),
                   (SELECT min(ts_from) FROM feed_states WHERE provider = ? AND symbol = ?))
      """;

  /// By steps down the primary key.
  private static final String OLDEST =
      """
      WITH RECURSIVE k(symbol) AS (
        (SELECT symbol FROM tick_data WHERE provider = ? ORDER BY symbol LIMIT 1)
        UNION ALL
        SELECT (SELECT t.symbol FROM tick_data t WHERE t.provider = ? AND t.symbol > k.symbol
                 ORDER BY t.symbol LIMIT 1)
          FROM k WHERE k.symbol IS NOT NULL)
      SELECT min((SELECT t.ts FROM tick_data t WHERE t.provider = ? AND t.symbol = k.symbol
                   ORDER BY t.ts LIMIT 1))
        FROM k WHERE k.symbol IS NOT NULL
      """;

  private final Connection connection;

  SeriesInventory(Connection connection) {
    this.connection = connection;
  }

  /// A row of `feed_series`.
  ///
  /// @param begunMicros `Long.MAX_VALUE` for a series without a trade
  record Epoch(
      String provider,
      Symbol symbol,
      int number,
      TradeIds ids,
      Optional<FeedCursor> cursor,
      long begunMicros) {
    boolean isOfSameSeries(Epoch other) {
      return provider.equals(other.provider) && symbol.equals(other.symbol);
    }
  }

  List<Epoch> epochs(FeedAudit.Scope scope) throws SQLException {
    List<Epoch> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NOTED)) {
      Object[] symbols = scope.symbols().stream().map(Symbol::value).toArray();
      statement.setString(1, scope.provider().orElse(""));
      statement.setString(2, scope.provider().orElse(""));
      statement.setArray(3, connection.createArrayOf("text", symbols));
      statement.setArray(4, connection.createArrayOf("text", symbols));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          all.add(epoch(row));
        }
      }
    }
    return all;
  }

  private static Epoch epoch(ResultSet row) throws SQLException {
    OffsetDateTime begun = row.getObject("ts_from", OffsetDateTime.class);
    boolean hasCursor = row.getObject("head") != null;
    return new Epoch(
        row.getString("provider"),
        new Symbol(row.getString("symbol")),
        row.getInt("epoch"),
        TradeIds.valueOf(row.getString("ids").toUpperCase(Locale.ROOT)),
        hasCursor ? Optional.of(CursorTable.read(row)) : Optional.empty(),
        begun == null ? Long.MAX_VALUE : Micros.of(begun.toInstant()));
  }

  /// When the epoch began, which ended the former one.
  long begin(Epoch former, Epoch epoch) throws SQLException {
    if (former.cursor().isEmpty()) {
      return epoch.begunMicros();
    }
    long head = former.cursor().get().head().id();
    TickWindow after =
        new TickWindow(
            epoch.provider(),
            epoch.symbol().value(),
            former.cursor().get().head().micros() + 1,
            epoch.begunMicros());
    try (PreparedStatement statement = after.prepare(connection, BEGIN, 1)) {
      statement.setLong(5, head - PAGE);
      return micros(statement).orElse(epoch.begunMicros());
    }
  }

  /// When the series was first heard of; `Long.MAX_VALUE` when it never was.
  long firstKnown(Epoch first) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIRST_KNOWN)) {
      for (int index = 1; index <= 4; index += 2) {
        statement.setString(index, first.provider());
        statement.setString(index + 1, first.symbol().value());
      }
      return Math.min(first.begunMicros(), micros(statement).orElse(Long.MAX_VALUE));
    }
  }

  /// The time of the oldest stored trade of a provider; `Long.MAX_VALUE` when it has none.
  long oldestTick(String provider) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
      for (int index = 1; index <= 3; index++) {
        statement.setString(index, provider);
      }
      return micros(statement).orElse(Long.MAX_VALUE);
    }
  }

  private static Optional<Long> micros(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
              .map(time -> Micros.of(time.toInstant()))
          : Optional.empty();
    }
  }
}
