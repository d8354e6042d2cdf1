package dev.mdp.store.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.StoreSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The views and functions over tick_data, against values by hand and a naive recompute.
final class TickAnalyticsIT {
  private static final long MINUTE = 60_000_000L;
  private static final long DAY = 1_440 * MINUTE;
  private static final long SEED = Long.getLong("mdp.seed", 20_251_024L);
  private static final String BUCKET = "(extract(epoch FROM bucket) * 1000000)::bigint";
  private static final String PRICES =
      BUCKET + ", ticks, open, high, low, close, volume, vwap, twap";
  private static final String SPREADS =
      BUCKET + ", quotes, crossed, min_spread, max_spread, avg_spread, time_weighted_spread";
  private static final String RATES =
      BUCKET + ", ticks, ticks_per_s, same_time, avg_gap_ms, p95_gap_ms, max_gap_ms";

  private static TestDatabase database;
  private static List<Tick> ticks;

  @BeforeAll
  static void fill() {
    database = TestDatabase.migrated();
    ticks = randomTicks(new SplittableRandom(SEED));
    List<Tick> all = new ArrayList<>(ticks);
    all.addAll(byHand());
    try (PostgresStore store = database.store(new RecordingMetrics())) {
      store.ticks().write(all, _ -> List.of());
    }
    database.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price)
        SELECT 'bulk', 'S' || i % 5, timestamptz '2025-03-01Z' + i * interval '2 s', i, 100
          FROM generate_series(1, 60000) AS i
        """);
    database.execute("ANALYZE tick_data");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /// 10 at :10, then 11 at the same time with a larger seq, 12 at :40; 20 at 1:15 without a size.
  private static List<Tick> byHand() {
    long start = 28_000_000 * MINUTE;
    return List.of(
        tick("hand", start + 10_000_000, 1, 11, 2, 10.9, 11.2),
        tick("hand", start + 10_000_000, 0, 10, 1, 9.9, 10.1),
        tick("hand", start + 40_000_000, 0, 12, 3, Double.NaN, 12.5),
        tick("hand", start + MINUTE + 15_000_000, 0, 20, Double.NaN, 19.9, 20.2));
  }

  @Test
  void givesTheValuesComputedByHand() {
    assertThat(
            rows(
                "SELECT ticks, open, high, low, close, volume, vwap, twap FROM tick_agg_1m"
                    + " WHERE provider = 'hand' ORDER BY bucket"))
        .containsExactly(
            // twap: 11 for 30 s, 12 for 20 s; nothing stood before :10
            "3|10|12|10|12|6|" + text((10 + 22 + 36) / 6.0) + "|" + text(570 / 50.0),
            // 12 carried in for 15 s, 20 for 45 s
            "1|20|20|20|20|0|null|18");
    assertThat(
            rows(
                "SELECT quotes, crossed, min_spread, max_spread, avg_spread, time_weighted_spread,"
                    + " round(avg_spread_bps::numeric, 6) FROM tick_spread_stats WHERE provider = 'hand' ORDER BY bucket"))
        .containsExactly(
            "2|0|0.2|0.3|0.25|0.3|235.746606", // (0.2 / 10 + 0.3 / 11.05) / 2
            "1|0|0.3|0.3|0.3|0.3|149.625935"); // 0.3 / 20.05
    assertThat(
            rows(
                "SELECT ticks, ticks_per_s, same_time, avg_gap_ms, p95_gap_ms, max_gap_ms"
                    + " FROM tick_rate_stats WHERE provider = 'hand' ORDER BY bucket"))
        .containsExactly(
            "3|0.05|1|15000|30000|30000", "1|" + text(1 / 60.0) + "|0|35000|35000|35000");
    assertThat(rows("SELECT ticks, volume, vwap FROM tick_vwap_daily WHERE provider = 'hand'"))
        .containsExactly("4|6|" + text(68 / 6.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {500_000, MINUTE, 7 * MINUTE, DAY, 7 * DAY})
  void agreesToTheBitWithANaiveRecomputeForAnyWidth(long width) {
    NaiveTickStats naive = new NaiveTickStats(ticks, width);
    String range =
        "('random', 'S', interval '%d ms', '-infinity', 'infinity') ORDER BY bucket"
            .formatted(width / 1_000);

    assertThat(rows("SELECT " + PRICES + " FROM tick_agg" + range))
        .as("seed %d", SEED)
        .isEqualTo(naive.prices());
    assertThat(rows("SELECT " + SPREADS + " FROM tick_spread" + range)).isEqualTo(naive.spreads());
    assertThat(rows("SELECT " + RATES + " FROM tick_rate" + range)).isEqualTo(naive.rates());
    List<Double> expected = naive.spreadsInBasisPoints();
    List<String> found = rows("SELECT time_weighted_spread_bps FROM tick_spread" + range);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      double want = expected.get(i);
      assertThat(Double.parseDouble(found.get(i))).isCloseTo(want, within(Math.abs(want) * 1e-9));
    }
  }

  @Test
  void theViewsGiveWhatTheFunctionsGive() {
    NaiveTickStats minutes = new NaiveTickStats(ticks, MINUTE);
    String ours = " WHERE provider = 'random' AND symbol = 'S' ORDER BY bucket";

    assertThat(rows("SELECT " + PRICES + " FROM tick_agg_1m" + ours)).isEqualTo(minutes.prices());
    assertThat(rows("SELECT " + PRICES + " FROM tick_agg_5m" + ours))
        .isEqualTo(new NaiveTickStats(ticks, 5 * MINUTE).prices());
    assertThat(rows("SELECT " + PRICES + " FROM tick_agg_1h" + ours))
        .isEqualTo(new NaiveTickStats(ticks, 60 * MINUTE).prices());
    assertThat(rows("SELECT " + SPREADS + " FROM tick_spread_stats" + ours))
        .isEqualTo(minutes.spreads());
    assertThat(rows("SELECT " + RATES + " FROM tick_rate_stats" + ours)).isEqualTo(minutes.rates());
    assertThat(
            rows(
                "SELECT provider, symbol FROM tick_series WHERE provider IN ('hand', 'random') ORDER BY 1"))
        .containsExactly("hand|S", "random|S");
  }

  @Test
  void givesWholeBucketsThatBeginInTheRangeWithThePriceCarriedIn() {
    List<String> all = new NaiveTickStats(ticks, MINUTE).prices();
    long first = Long.parseLong(all.get(10).split("\\|", 2)[0]);
    long last = Long.parseLong(all.get(40).split("\\|", 2)[0]);

    assertThat(
            rows(
                "SELECT %s FROM tick_agg('random', 'S', '1 minute', timestamptz 'epoch' + %d * interval '1 us', timestamptz 'epoch' + %d * interval '1 us') ORDER BY bucket"
                    .formatted(PRICES, first - 1, last)))
        .isEqualTo(all.subList(10, 40));
  }

  @Test
  void aSessionInAnotherTimeZoneSeesTheSameDays() {
    String days =
        "SELECT "
            + BUCKET
            + ", ticks, vwap, twap FROM tick_vwap_daily WHERE provider = 'random' ORDER BY 1";

    assertThat(rows("SET timezone = 'America/St_Johns'; " + days))
        .isEqualTo(rows(days))
        .isNotEmpty();
  }

  /// What an administrator may set on a role, and a schema whose names shadow everything.
  @Test
  void noSettingOfASessionChangesWhatAViewGives() {
    database.execute(
        """
        CREATE SCHEMA hostile;
        CREATE TABLE hostile.tick_data (LIKE tick_data);
        CREATE FUNCTION hostile.abs(numeric) RETURNS numeric LANGUAGE sql RETURN 7;
        CREATE FUNCTION hostile.abs(float8) RETURNS float8 LANGUAGE sql RETURN 7;
        CREATE FUNCTION hostile.round(numeric, int) RETURNS numeric LANGUAGE sql RETURN 7;
        CREATE FUNCTION hostile.scale(numeric) RETURNS int LANGUAGE sql RETURN 0;
        CREATE FUNCTION hostile.mdp_exact(float8) RETURNS numeric LANGUAGE sql RETURN 7;
        CREATE FUNCTION hostile.mdp_nearest(numeric, numeric) RETURNS float8 LANGUAGE sql RETURN 7;
        CREATE FUNCTION hostile.tick_bucket(interval, timestamptz) RETURNS timestamptz LANGUAGE sql RETURN $2;
        CREATE FUNCTION hostile.divide(numeric, numeric) RETURNS numeric LANGUAGE sql RETURN 7;
        CREATE OPERATOR hostile./ (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = hostile.divide)
        """);
    String hostile =
        """
        SET extra_float_digits = -15; SET timezone = 'America/St_Johns'; SET datestyle = 'ISO, DMY';
        SET intervalstyle = 'sql_standard'; SET search_path = hostile, pg_catalog;
        CREATE TEMP TABLE found AS %s; RESET ALL; SELECT * FROM found ORDER BY 1
        """;

    for (String columns : List.of(PRICES, SPREADS, RATES)) {
      String view =
          columns.equals(PRICES)
              ? "tick_agg_1m"
              : columns.equals(SPREADS) ? "tick_spread_stats" : "tick_rate_stats";
      String query =
          "SELECT %s FROM public.%s WHERE provider = 'random' ORDER BY bucket"
              .formatted(columns, view);

      assertThat(rows(hostile.formatted(query))).as(view).isEqualTo(rows(query)).isNotEmpty();
    }
    for (String function : List.of("tick_agg", "tick_spread", "tick_rate")) {
      String query =
          "SELECT * FROM public.%s('random', 'S', '7 minutes', '1970-01-01Z', 'infinity') ORDER BY 1"
              .formatted(function);

      assertThat(rows(hostile.formatted(query))).as(function).isEqualTo(rows(query)).isNotEmpty();
    }
  }

  /// An operator chooses a schema in the URL when he migrates; readers may have another one.
  @Test
  void theFunctionsFindTheirTablesInWhateverSchemaTheyWereMade() {
    try (TestDatabase other = TestDatabase.empty()) {
      other.execute("CREATE SCHEMA market");
      StoreSettings settings =
          StoreSettings.of(other.url() + "?currentSchema=market", 8, "mdp test");
      try (PostgresStore store = new PostgresStore(settings, new RecordingMetrics())) {
        store.migrations().migrate();
        store.ticks().write(byHand(), _ -> List.of());
      }
      assertThat(
              other.text(
                  "SELECT count(*) || ' ' || sum(ticks) FROM market.tick_agg_1m"
                      + " WHERE provider = 'hand'"))
          .isEqualTo("2 4");
      assertThat(
              other.text(
                  "SELECT vwap FROM market.tick_agg('hand', 'S', '1 day', '-infinity', 'infinity')"))
          .isEqualTo(text(68 / 6.0));
    }
  }

  @Test
  void aSpreadOverAMidThatIsNotPositiveHasNoBasisPoints() {
    long start = 29_000_000 * MINUTE;
    try (PostgresStore store = database.store(new RecordingMetrics())) {
      store
          .ticks()
          .write(
              List.of(
                  tick("negative", start, 0, -37.63, 1, -38, -37),
                  tick("negative", start + 1_000_000, 0, 0, 1, -1, 1),
                  tick("negative", start + MINUTE, 0, 10, 1, 9, 11),
                  tick("negative", start + 2 * MINUTE, 0, 2e-40, 1, 1e-40, 3e-40)),
              _ -> List.of());
    }

    assertThat(
            rows(
                "SELECT quotes, min_spread, avg_spread, avg_spread_bps, time_weighted_spread_bps"
                    + " FROM tick_spread_stats WHERE provider = 'negative' ORDER BY bucket"))
        .containsExactly("2|1|1.5|null|null", "1|2|2|2000|2000", "1|2.0E-40|2.0E-40|10000|10000");
    assertThat(rows("SELECT vwap, ticks FROM tick_vwap_daily WHERE provider = 'negative'"))
        .first()
        .asString()
        .startsWith("-6.9075|");
  }

  @Test
  void onePriceIsItsOwnMean() {
    long start = 30_000_000 * MINUTE;
    List<Tick> constant = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      constant.add(
          tick("constant", start + i * 777_777L, i, 105487.6, (i + 1) * 1e-5, 105487.59, 105487.6));
    }
    try (PostgresStore store = database.store(new RecordingMetrics())) {
      store.ticks().write(constant, _ -> List.of());
    }

    for (String width : List.of("500 ms", "1 s", "7 s", "1 minute", "1 day")) {
      assertThat(
              rows(
                  "SELECT DISTINCT vwap, twap FROM tick_agg('constant', 'S', '%s', '-infinity', 'infinity')"
                      .formatted(width)))
          .as(width)
          .containsExactly("105487.6|105487.6");
      assertThat(
              rows(
                  "SELECT DISTINCT avg_spread, time_weighted_spread FROM tick_spread('constant', 'S', '%s', '-infinity', 'infinity')"
                      .formatted(width)))
          .as(width)
          .containsExactly("0.01|0.01");
    }
  }

  @Test
  void conditionsOnAViewReachThePrimaryKey() {
    for (String view : List.of("tick_agg_1m", "tick_spread_stats", "tick_rate_stats")) {
      String plan =
          String.join(
              "\n",
              rows(
                  "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT * FROM "
                      + view
                      + " WHERE provider = 'bulk' AND symbol = 'S3'"
                      + " AND bucket >= '2025-03-01 10:00Z' AND bucket < '2025-03-01 10:05Z'"));

      assertThat(plan).as(view).doesNotContain("Seq Scan", "Parallel");
      assertThat(plan)
          .as(view)
          .contains("ts >= ", "ts < ")
          .containsPattern("Index (Only )?Scan using tick_data_pkey|_chunk_.*pkey");
      // only the five buckets are computed: a function or its plan runs once for each
      assertThat(plan)
          .as(view)
          .containsPattern("loops=5\\b")
          .doesNotContainPattern("loops=1440\\b");
    }
  }

  /// Bursts, equal times, absent sizes and quotes, a day without any, and some before 1970.
  private static List<Tick> randomTicks(SplittableRandom random) {
    List<Tick> all = new ArrayList<>();
    long time = -3 * DAY;
    double price = 100;
    for (int seq = 0; seq < 2_500; seq++) {
      time +=
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> 0;
            case 3 -> MINUTE - Math.floorMod(time, MINUTE); // exactly on a bound
            case 4 -> random.nextLong(5 * MINUTE);
            default -> random.nextLong(3_000_000);
          };
      if (seq == 600) {
        time = 20_000 * DAY + 5;
      } else if (seq == 1_800) {
        time += 2 * DAY;
      }
      price += (random.nextDouble() - 0.5) / 3;
      double size = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(3) * 0.1;
      double spread = random.nextInt(6) == 0 ? Double.NaN : random.nextDouble() - 0.1;
      all.add(tick("random", time, seq, price, size, price - spread, price + spread / 2));
    }
    return all;
  }

  private static Tick tick(
      String provider, long micros, long seq, double price, double size, double bid, double ask) {
    return new Tick(provider, "", new Symbol("S"), micros, seq, price, size, bid, ask, micros);
  }

  static String text(double value) {
    return Double.toString(value).replaceFirst("\\.0$", "");
  }

  /// Every row with its columns joined by `|`, doubles in their shortest form.
  private static List<String> rows(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      boolean isResult = statement.execute(sql);
      while (!isResult) {
        isResult = statement.getMoreResults();
      }
      List<String> all = new ArrayList<>();
      try (ResultSet row = statement.getResultSet()) {
        while (row.next()) {
          List<String> columns = new ArrayList<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            columns.add(value instanceof Double number ? text(number) : String.valueOf(value));
          }
          all.add(String.join("|", columns));
        }
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }
}
