package dev.mdp.store.prune;

import dev.mdp.core.store.Pruning.Prunable;
import java.util.List;
import java.util.Locale;

/// The statements by which rows of one table are found and removed.
///
/// @param keys the columns of a series
/// @param time an expression over a row, `t`: how old it is
/// @param mayGo a condition over a row, `t`, that has nothing to do with its age
/// @param returned more that is returned of a removed row
/// @param besides what else happens in the statement that removes, over the removed rows, `gone`
/// @param isNoted whether that takes the end of the range as a parameter
record PrunedTable(
    String name,
    List<String> keys,
    String time,
    String mayGo,
    String returned,
    String besides,
    boolean isNoted) {
  private static final List<String> SYMBOL = List.of("provider", "symbol");
  private static final List<String> BAR = List.of("provider", "symbol", "interval");

  /// One step down the key for each series.
  private static final String SERIES =
      """
      WITH RECURSIVE series AS (
        (SELECT %1$s FROM %2$s ORDER BY %1$s LIMIT 1)
        UNION ALL
        SELECT following.* FROM series s
         CROSS JOIN LATERAL (SELECT %1$s FROM %2$s t WHERE (%3$s) > (%4$s) ORDER BY %1$s LIMIT 1) following)
      """;

  private static final String BEFORE =
      SERIES
          + """
          SELECT s.*, f.rows, f.first_ts, f.last_ts
            FROM series s
           CROSS JOIN LATERAL (SELECT count(*) AS rows, min(%5$s) AS first_ts, max(%5$s) AS last_ts
                                 FROM %2$s t WHERE (%3$s) = (%4$s) AND %5$s < ?%6$s) f
           WHERE f.rows > 0
           ORDER BY %1$s
          """;

  private static final String SERIES_BEFORE =
      SERIES
          + """
          SELECT s.* FROM series s
           CROSS JOIN LATERAL (SELECT FROM %2$s t WHERE (%3$s) = (%4$s) AND %5$s < ?%6$s LIMIT 1) f
           ORDER BY %1$s
          """;

  private static final String GIVEN =
      "unnest(?::text[], ?::text[], ?::text[]) AS s (provider, symbol, interval)";

  private static final String RANGE = " AND %5$s >= ? AND %5$s < ?";

  private static final String OLDEST =
      "SELECT min(f.ts) FROM "
          + GIVEN
          + " CROSS JOIN LATERAL (SELECT %5$s AS ts FROM %2$s t WHERE (%3$s) = (%4$s)"
          + RANGE
          + "%6$s ORDER BY %5$s LIMIT 1) f";

  private static final String COUNT =
      "SELECT count(*) FROM (SELECT FROM "
          + GIVEN
          + " CROSS JOIN LATERAL (SELECT FROM %2$s t WHERE (%3$s) = (%4$s)"
          + RANGE
          + "%6$s OFFSET 0) f LIMIT ?) r";

  private static final String REMOVE =
      "WITH gone AS (DELETE FROM %2$s t USING "
          + GIVEN
          + " WHERE (%3$s) = (%4$s)"
          + RANGE
          + "%6$s AND t.provider = ANY (?) AND t.symbol = ANY (?)%7$s RETURNING %3$s, %5$s AS ts%8$s)%9$s"
          + " SELECT %1$s, count(*), min(ts), max(ts) FROM gone GROUP BY %1$s";

  /// Ticks of the series from before this time are kept.
  private static final String TICKS_UNTIL =
      "EXISTS (SELECT FROM tick_data k WHERE k.provider = t.provider AND k.symbol = t.symbol AND k.ts <= %s)";

  private static final String EPOCH_END =
      "(SELECT c.head_ts FROM feed_cursors c WHERE c.provider = t.provider AND c.symbol = t.symbol AND c.epoch = t.epoch)";

  private static final String FORGET_CURSORS =
      """
      , forgotten AS (DELETE FROM feed_cursors c USING gone g
         WHERE c.provider = g.provider AND c.symbol = g.symbol AND c.epoch = g.epoch)
      """;

  private static final String NOTE =
      """
      , noted AS (INSERT INTO prune_bounds AS b (table_name, provider, symbol, ts)
        SELECT DISTINCT 'feed_states', provider, symbol, ?::timestamptz FROM gone
        ON CONFLICT (table_name, provider, symbol) DO UPDATE SET ts = greatest(b.ts, excluded.ts))
      """;

  /// Of a series with contiguous ids also the highest id of the newest epoch that lost ticks. An
  /// epoch ends with the trade that its cursor calls the head; the newest one does not end.
  private static final String NOTE_IDS =
      """
      , last AS (SELECT provider, symbol, max(ts) AS ts FROM gone GROUP BY provider, symbol),
      epochs AS (
        SELECT l.*, (SELECT coalesce(min(c.epoch) FILTER (WHERE c.head_ts >= l.ts), max(c.epoch))
                       FROM feed_cursors c JOIN feed_series f USING (provider, symbol, epoch)
                      WHERE c.provider = l.provider AND c.symbol = l.symbol AND f.ids = 'contiguous') AS epoch
          FROM last l),
      noted AS (INSERT INTO prune_bounds AS b (table_name, provider, symbol, ts, epoch, id_through)
        SELECT 'tick_data', e.provider, e.symbol, ?::timestamptz, e.epoch,
               CASE WHEN e.epoch IS NOT NULL THEN
                 (SELECT max(g.seq) FROM gone g
                   WHERE g.provider = e.provider AND g.symbol = e.symbol
                     AND g.ts > coalesce((SELECT max(c.head_ts) FROM feed_cursors c
                                           WHERE c.provider = e.provider AND c.symbol = e.symbol
                                             AND c.epoch < e.epoch), '-infinity')) END
          FROM epochs e
        ON CONFLICT (table_name, provider, symbol) DO UPDATE
           SET ts = greatest(b.ts, excluded.ts), epoch = greatest(b.epoch, excluded.epoch),
               id_through = CASE WHEN b.epoch IS NULL OR excluded.epoch > b.epoch THEN excluded.id_through
                                 WHEN excluded.epoch = b.epoch THEN greatest(b.id_through, excluded.id_through)
                                 ELSE b.id_through END)
      """;

  static PrunedTable of(Prunable table) {
    String name = table.name().toLowerCase(Locale.ROOT);
    return switch (table) {
      case TICK_DATA -> new PrunedTable(name, SYMBOL, "t.ts", "", ", t.seq", NOTE_IDS, true);
      case BARS_OHLCV -> new PrunedTable(name, BAR, "t.ts", "", "", "", false);
      case SIGNALS -> new PrunedTable(name, SYMBOL, "t.ts", "", "", "", false);
      case FEED_GAPS ->
          new PrunedTable(
              name,
              SYMBOL,
              "t.closed_at",
              "t.state <> 'open' AND t.asked_at IS NULL AND (t.state = 'filled' OR NOT "
                  + TICKS_UNTIL.formatted("t.ts_from")
                  + ")",
              "",
              "",
              false);
      case FEED_STATES ->
          new PrunedTable(
              name,
              SYMBOL,
              "t.ts_to",
              "EXISTS (SELECT FROM feed_states n WHERE n.provider = t.provider AND n.symbol = t.symbol"
                  + " AND n.ts_from > t.ts_from)",
              "",
              NOTE,
              true);
      case FEED_SERIES ->
          new PrunedTable(
              name,
              SYMBOL,
              EPOCH_END,
              "EXISTS (SELECT FROM feed_series n WHERE n.provider = t.provider AND n.symbol = t.symbol"
                  + " AND n.epoch > t.epoch) AND NOT EXISTS (SELECT FROM feed_gaps g WHERE g.provider ="
                  + " t.provider AND g.symbol = t.symbol AND g.epoch = t.epoch) AND NOT "
                  + TICKS_UNTIL.formatted(EPOCH_END),
              ", t.epoch",
              FORGET_CURSORS,
              false);
      case TICK_CORRECTIONS ->
          new PrunedTable(
              name,
              SYMBOL,
              "t.ts",
              "(t.applied_at IS NOT NULL OR NOT " + TICKS_UNTIL.formatted("t.ts") + ")",
              "",
              "",
              false);
    };
  }

  /// The series with rows before a time, and how many; the time is the parameter.
  String before() {
    return sql(BEFORE);
  }

  /// The same series without a look at their rows.
  String seriesBefore() {
    return sql(SERIES_BEFORE);
  }

  /// The time of the oldest row of given series in a range.
  String oldest() {
    return sql(OLDEST);
  }

  /// How many rows given series have in a range, up to a limit.
  String count() {
    return sql(COUNT);
  }

  /// Removes rows of given series in a range, and returns how many of each.
  String remove() {
    return sql(REMOVE);
  }

  private String sql(String template) {
    String columns = String.join(", ", keys);
    return template.formatted(
        columns,
        name,
        "t." + String.join(", t.", keys),
        "s." + String.join(", s.", keys),
        time,
        mayGo.isEmpty() ? "" : " AND " + mayGo,
        keys.contains("interval") ? " AND t.interval = ANY (?)" : "",
        returned,
        besides);
  }
}
