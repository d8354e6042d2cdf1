package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Random ticks through the worker's own windows: the comparison agrees with them to the bit, and
/// sees any one thing that is changed.
class VerifyPropertyIT {
  private static final int CASES = Integer.getInteger("mdp.verify.cases", 12);
  private static final long FIRST_SEED = Long.getLong("mdp.seed", 20251024);
  private static final long START = 1_760_000_000_000_000L;
  private static final List<Interval> INTERVALS =
      List.of(Interval.parse("1500ms"), Interval.parse("7s"), Interval.parse("1m"));
  private static final double[] SIZES = {0, 1, 0.1, 0.7, 3e-9, 1e12, 123456.789, 1e-9};

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void agreesWithTheWorkersWindowsAndSeesOneChange() {
    try (PostgresStore store =
        new PostgresStore(
            StoreSettings.of(TestServers.url(scenario.database()), 2, "test"), StoreMetrics.NONE)) {
      for (int i = 0; i < CASES; i++) {
        long seed = FIRST_SEED + i;
        SplittableRandom random = new SplittableRandom(seed);
        scenario.execute("TRUNCATE bars_ohlcv, tick_data, stream_checkpoints");
        long bars = StoredWindows.store(store, INTERVALS, 600_000_000L, ticks(random), List.of());

        Outcome clean = scenario.mdp("verify", "bars");
        assertThat(clean.err())
            .as("seed %d: %s", seed, clean.out())
            .contains("checked %,d bars = %,d equal   ".formatted(bars, bars));
        clean.requireCode(0);

        String change = change(random);
        Outcome found = scenario.mdp("verify", "bars", "--output", "jsonl");
        assertThat(found.jsonLines()).as("seed %d: %s", seed, change).hasSize(1);
        found.requireCode(3);

        scenario.mdp("verify", "bars", "--repair", "--allow-shrink").requireCode(0);
        assertThat(scenario.mdp("verify", "bars").code()).as("seed %d: %s", seed, change).isZero();
      }
    }
  }

  private static List<Tick> ticks(SplittableRandom random) {
    Map<String, Tick> ticks = new LinkedHashMap<>();
    int count = random.nextInt(1, 400);
    for (int i = 0; i < count; i++) {
      long at = START + random.nextLong(180_000_000) / 250_000 * 250_000 + random.nextLong(2);
      long seq = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(3);
      double size = random.nextInt(5) == 0 ? Tick.ABSENT : SIZES[random.nextInt(SIZES.length)];
      Tick tick =
          new Tick(
              "prov" + random.nextInt(2),
              "",
              new Symbol("S" + random.nextInt(3)),
              at,
              seq,
              random.nextInt(1, 20_000) / (random.nextBoolean() ? 100.0 : 3.0),
              size,
              Tick.ABSENT,
              Tick.ABSENT,
              at);
      ticks.putIfAbsent(tick.eventId().toString(), tick);
    }
    return new ArrayList<>(ticks.values());
  }

  /// Changes one bar; returns how.
  private String change(SplittableRandom random) {
    String bar =
        " WHERE ctid = (SELECT ctid FROM bars_ohlcv ORDER BY provider, symbol, interval, ts OFFSET %d LIMIT 1)"
            .formatted(random.nextLong(scenario.count("SELECT count(*) FROM bars_ohlcv")));
    String[] values = {"open", "high", "low", "close", "volume", "vwap", "trade_count"};
    int which = random.nextInt(values.length + 1);
    String sql =
        which == values.length
            ? "DELETE FROM bars_ohlcv" + bar
            : which == values.length - 1
                ? "UPDATE bars_ohlcv SET trade_count = trade_count + "
                    + (random.nextBoolean() ? 1 : -1)
                    + bar
                : "UPDATE bars_ohlcv SET %1$s = coalesce(%1$s, 0) * (1 + 2.3e-16) + %2$s"
                        .formatted(values[which], which < 4 ? "0" : "1e-300")
                    + bar;
    scenario.execute(sql);
    return sql;
  }
}
