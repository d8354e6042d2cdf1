package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever the codec accepts, at the limits of every field, is stored by every writer, computed
/// again to the bit, and read by every view and export.
class ExtremesIT {
  private static final long SEED = Long.getLong("mdp.seed", 20251128);
  private static final List<Interval> INTERVALS =
      List.of(Interval.parse("2s"), Interval.parse("1m"));
  private static final long CENTURIES = 4 * (Micros.MAX - Micros.MIN);
  private static final String ONE_SERIES = " WHERE provider = 'p' AND symbol = 'S'";
  private static final long T0 = 1_760_000_000_000_000L;

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    0.1,
    1e-100,
    -1e-100,
    1e100,
    -1e100,
    8.41e21,
    1e23,
    -37.63,
    105487.6,
    424.98999999999995,
    9007199254740993.0,
    1.2345678901234567e-100,
    9.999999999999999e99,
    Math.nextUp(1e-100),
    Math.nextDown(1e100),
    9.999999999999999e-101,
    5e-324,
    Math.nextUp(1e100),
    Double.MAX_VALUE,
    Double.MIN_NORMAL
  };
  private static final long[] SEQUENCES = {
    Long.MIN_VALUE, -Long.MAX_VALUE, Long.MAX_VALUE, 0, -1, 1L << 32, -(1L << 32), (1L << 53) + 1
  };
  private static final long[] TIMES = {
    Micros.MIN, Micros.MAX - 1, Micros.MAX, 0, -1, T0, T0 + 1, T0 + 2_000_000
  };
  private static final List<String> PROVIDERS = List.of("p", "p" + "x".repeat(63));
  private static final List<String> SYMBOLS = List.of("S", "S" + "X".repeat(31));

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void whatTheCodecAcceptsIsStoredVerifiedAndRead() {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Tick> ticks = new LinkedHashMap<>();
    Map<String, Bar> bars = new LinkedHashMap<>();
    EventCodec codec = new EventCodec();
    for (int i = 0; i < 6_000; i++) {
      String json = random.nextInt(5) == 0 ? bar(random) : tick(random, time(random));
      MarketEvent event = codec.decode(json.getBytes(StandardCharsets.UTF_8));
      switch (event) {
        case Tick tick -> ticks.merge(tick.eventId(), tick, ExtremesIT::smaller);
        case BarEvent bar ->
            bars.put(bar.provider() + bar.bar().symbol() + bar.bar().startMicros(), bar.bar());
        case LaneEnd _ -> throw new AssertionError(json);
        case null -> {}
      }
    }
    assertThat(ticks).as("seed %d", SEED).hasSizeGreaterThan(500);
    assertThat(bars).hasSizeGreaterThan(10);

    long made;
    try (PostgresStore store =
        new PostgresStore(
            StoreSettings.of(TestServers.url(scenario.database()), 2, "test"), StoreMetrics.NONE)) {
      made =
          StoredWindows.store(
              store,
              INTERVALS,
              CENTURIES,
              new ArrayList<>(ticks.values()),
              new ArrayList<>(bars.values()));
    }

    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(ticks.size());
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isEqualTo(made + bars.size());
    Outcome verified = scenario.mdp("verify", "bars", "--to", "2199-12-31T23:59:59.999999Z");
    assertThat(verified.err())
        .as("seed %d: %s", SEED, verified.out())
        .contains("%,d equal".formatted(made), "%,d external".formatted(bars.size()));
    verified.requireCode(0);
    assertThat(
            scenario.count("SELECT count(*) FROM bars_ohlcv WHERE NOT vwap BETWEEN low AND high"))
        .isZero();
    requireReadable();
  }

  private void requireReadable() {
    for (String view :
        List.of(
            "tick_agg_1m",
            "tick_agg_5m",
            "tick_agg_1h",
            "tick_vwap_daily",
            "tick_spread_stats",
            "tick_rate_stats")) {
      assertThat(scenario.count("SELECT count(v) FROM " + view + " v" + ONE_SERIES))
          .as(view)
          .isPositive();
    }
    assertThat(
            scenario.count(
                "SELECT count(*) FROM tick_agg('p', 'S', '1 minute', '-infinity', 'infinity')"
                    + " WHERE NOT vwap BETWEEN low AND high OR twap IS NULL"))
        .isZero();
    for (String what : List.of("ticks", "bars")) {
      scenario
          .mdp(what, "export", "--from", "1900-01-01", "--to", "2199-12-31", "--output", "csv")
          .requireCode(0);
    }
  }

  @Test
  void theWorkersTakeThemFromTheStream() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    long now = Micros.of(java.time.Instant.now()) - 120_000_000;
    for (int i = 0; i < 300; i++) {
      scenario.xadd(tick(random, now + i * 100_000L + random.nextLong(50_000)));
    }
    scenario.write(
        "configs/rules.yaml",
        """
        version: 1
        rules:
          - { name: any, condition: "price > -1e101 and (volume >= 0 or rsi > 0)", signal: buy }
          - { name: all, condition: "momentum > 0 or ret > 0 or volatility > 0 or skewness > 0 or kurtosis > 0 or vwap > 0", signal: sell }
        """);

    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "infer", "--until-idle", "500ms").requireCode(0);

    assertThat(scenario.count("SELECT count(*) FROM signals")).isPositive();
    Outcome verified = scenario.mdp("verify", "bars");
    assertThat(verified.code()).as(verified.err() + verified.out()).isZero();
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS);
  }

  private static Tick smaller(Tick left, Tick right) {
    return Tick.comparePayload(left, right) <= 0 ? left : right;
  }

  private static String tick(SplittableRandom random, long micros) {
    return "{\"provider\":\"%s\",\"symbol\":\"%s\",\"src_ts\":\"%s\",\"c\":%s,\"v\":%s,\"bid\":%s,\"ask\":%s,\"seq\":%d}"
        .formatted(
            PROVIDERS.get(random.nextInt(2)),
            SYMBOLS.get(random.nextInt(2)),
            Micros.format(micros),
            number(random),
            random.nextInt(4) == 0 ? "null" : Math.abs(number(random)),
            random.nextInt(4) == 0 ? "null" : number(random),
            random.nextInt(4) == 0 ? "null" : number(random),
            SEQUENCES[random.nextInt(SEQUENCES.length)]);
  }

  private static String bar(SplittableRandom random) {
    double[] sorted = {number(random), number(random), number(random), number(random)};
    java.util.Arrays.sort(sorted);
    long start = Interval.parse("5s").start(TIMES[random.nextInt(TIMES.length)]);
    return "{\"provider\":\"%s\",\"symbol\":\"%s\",\"kind\":\"bar\",\"interval\":\"5s\",\"src_ts\":\"%s\",\"o\":%s,\"h\":%s,\"l\":%s,\"c\":%s,\"v\":%s,\"seq\":%d}"
        .formatted(
            PROVIDERS.get(random.nextInt(2)),
            SYMBOLS.get(random.nextInt(2)),
            Micros.format(start + 5_000_000 * random.nextLong(-20, 20)),
            sorted[1],
            sorted[3],
            sorted[0],
            sorted[2],
            Math.abs(number(random)),
            SEQUENCES[random.nextInt(SEQUENCES.length)]);
  }

  private static long time(SplittableRandom random) {
    long at = TIMES[random.nextInt(TIMES.length)];
    return Math.clamp(at + random.nextLong(-30, 30) * 250_000, Micros.MIN, Micros.MAX);
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(100_000) / 100.0;
      case 1 -> random.nextDouble() * Math.pow(10, random.nextInt(-100, 100));
      case 2 -> Math.scalb(1.0, random.nextInt(-332, 332));
      default -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }
}
