package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/// What the bars must be, computed by the database from `tick_data` in one pass over everything.
final class Oracle {
  private Oracle() {}

  /// Asserts that the table has exactly the bars of these intervals, to the bit.
  static void requireExactBars(Scenario scenario, Interval... intervals) {
    for (Interval interval : intervals) {
      assertThat(differences(scenario, interval))
          .as("bars of %s that differ from a recompute", interval.text)
          .isEmpty();
      assertThat(scenario.count(bars(interval, "count(*)")))
          .as("bars of %s", interval.text)
          .isPositive();
    }
  }

  /// As above, while workers still write.
  static void requireExactBarsSoon(Scenario scenario, Interval... intervals) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> requireExactBars(scenario, intervals));
  }

  /// Rows that only the table has, and rows that only the recompute has.
  static List<String> differences(Scenario scenario, Interval interval) {
    String recomputed = recomputed(interval);
    String stored =
        bars(interval, "provider, symbol, ts, open, high, low, close, volume, vwap, trade_count");
    return scenario.rows(
        "SELECT 'stored' AS side, * FROM ((%2$s) EXCEPT (%1$s)) a UNION ALL SELECT 'recomputed', * FROM ((%1$s) EXCEPT (%2$s)) b ORDER BY 2, 3, 4, 1 LIMIT 20"
            .formatted(recomputed, stored));
  }

  static String bars(Interval interval, String columns) {
    return "SELECT " + columns + " FROM bars_ohlcv WHERE interval = '" + interval.text + "'";
  }

  private static String recomputed(Interval interval) {
    return String.format(
        Locale.ROOT,
        """
        SELECT provider, symbol, start AS ts,
               (array_agg(price ORDER BY ts, seq))[1] AS open, max(price) AS high, min(price) AS low,
               (array_agg(price ORDER BY ts DESC, seq DESC))[1] AS close,
               coalesce(sum(size::text::numeric), 0)::float8 AS volume,
               (round(sum(price::text::numeric * size::text::numeric), 900)
                 / nullif(sum(size::text::numeric), 0))::float8 AS vwap,
               count(*) AS trade_count
          FROM (SELECT *, date_bin(interval '%d milliseconds', ts, timestamptz '1970-01-01 00:00Z') AS start
                  FROM tick_data) t
         GROUP BY provider, symbol, start\
        """,
        interval.millis);
  }

  /// An interval as its text in the table and its length.
  enum Interval {
    ONE_SECOND("1s", 1_000),
    TWO_SECONDS("2s", 2_000),
    ONE_MINUTE("1m", 60_000),
    FIVE_MINUTES("5m", 300_000);

    private final String text;
    private final long millis;

    Interval(String text, long millis) {
      this.text = text;
      this.millis = millis;
    }
  }
}
