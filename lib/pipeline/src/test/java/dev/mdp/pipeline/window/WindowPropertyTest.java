package dev.mdp.pipeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.property.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The windows against a recompute that sorts the events and sums decimals.
class WindowPropertyTest {
  private static final Interval TWO_SECONDS = Interval.parse("2s");
  private static final long SECOND = 1_000_000;
  private static final long FLUSH = SECOND;

  @Test
  void resultDoesNotDependOnArrivalOrderWithinAllowedLateness() {
    Property.check(
        1_000,
        random ->
            compareWithOnePass(
                random,
                random.nextBoolean()
                    ? List.of(TWO_SECONDS)
                    : List.of(Interval.parse("1s"), Interval.parse("3s"), Interval.parse("10s")),
                700_000));
  }

  /// Weeks begin on Mondays, all others are counted from the epoch, a Thursday.
  @Test
  void weeksAreBuiltBesideWhateverElse() {
    Property.check(
        300,
        random ->
            compareWithOnePass(
                random,
                random.nextBoolean()
                    ? List.of(Interval.parse("1w"), Interval.parse("1d"))
                    : List.of(Interval.parse("84h"), Interval.parse("1w"), Interval.parse("2w")),
                80_000 * SECOND));
  }

  private static void compareWithOnePass(
      RandomGenerator random, List<Interval> intervals, long longestPause) {
    TumblingWindows windows = new TumblingWindows(settings(intervals, 1_000));
    List<Tick> sent = disordered(random, 1 + random.nextInt(120), longestPause);

    Map<String, Bar> stored = new TreeMap<>();
    long position = 1;
    for (Tick tick : sent) {
      windows.fold(tick, new Position(position++, 0), 0, false);
      if (random.nextInt(5) == 0) {
        windows.read(0, false, false);
        windows.emitDue(0, FLUSH, (bar, _, _) -> stored.put(key(bar), bar));
      }
    }
    windows.end("p", MarketEvent.LIVE, new Position(position, 0), 0, false);
    windows.emitDue(0, FLUSH, (bar, _, _) -> stored.put(key(bar), bar));

    assertThat(stored).isEqualTo(onePass(sent, intervals));
    assertThat(windows.retained()).isZero();
  }

  /// Ticks within half a second of order, with duplicates and conflicts.
  private static List<Tick> disordered(RandomGenerator random, int count, long longestPause) {
    List<long[]> order = new ArrayList<>();
    List<Tick> ticks = new ArrayList<>();
    long time = 100 * SECOND;
    for (int i = 0; i < count; i++) {
      time += random.nextLong(longestPause);
      String symbol = random.nextBoolean() ? "SPY" : "AAPL";
      double price = 100 + random.nextInt(-500, 500) / 100.0;
      Tick tick = tick(symbol, time, random.nextInt(2), price);
      int copies = random.nextInt(6) == 0 ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) {
        boolean conflict = copy > 0 && random.nextBoolean();
        ticks.add(conflict ? tick(symbol, time, tick.seq(), price + 1) : tick);
        order.add(new long[] {time + random.nextLong(499_999), ticks.size() - 1});
      }
    }
    order.sort(Comparator.comparingLong(each -> each[0]));
    return order.stream().map(each -> ticks.get((int) each[1])).toList();
  }

  private static Map<String, Bar> onePass(List<Tick> sent, List<Interval> intervals) {
    Map<String, Tick> distinct = new TreeMap<>();
    for (Tick tick : sent) {
      distinct.merge(tick.eventId(), tick, (a, b) -> Tick.comparePayload(a, b) <= 0 ? a : b);
    }
    List<Tick> ordered =
        distinct.values().stream()
            .sorted(Comparator.comparingLong(Tick::srcMicros).thenComparingLong(Tick::seq))
            .toList();
    Map<String, Bar> bars = new TreeMap<>();
    for (Interval interval : intervals) {
      Map<String, List<Tick>> byWindow = new TreeMap<>();
      for (Tick tick : ordered) {
        byWindow
            .computeIfAbsent(
                tick.symbol() + " " + interval.start(tick.srcMicros()), _ -> new ArrayList<>())
            .add(tick);
      }
      for (List<Tick> ticks : byWindow.values()) {
        Bar bar = recompute(ticks, interval);
        bars.put(key(bar), bar);
      }
    }
    return bars;
  }

  private static Bar recompute(List<Tick> ticks, Interval interval) {
    java.math.BigDecimal volume = java.math.BigDecimal.ZERO;
    java.math.BigDecimal notional = java.math.BigDecimal.ZERO;
    for (Tick tick : ticks) {
      java.math.BigDecimal size = new java.math.BigDecimal(Double.toString(tick.size()));
      volume = volume.add(size);
      notional =
          notional.add(size.multiply(new java.math.BigDecimal(Double.toString(tick.price()))));
    }
    return new Bar(
        "p",
        MarketEvent.LIVE,
        ticks.getFirst().symbol(),
        interval,
        interval.start(ticks.getFirst().srcMicros()),
        ticks.getFirst().price(),
        ticks.stream().mapToDouble(Tick::price).max().orElseThrow(),
        ticks.stream().mapToDouble(Tick::price).min().orElseThrow(),
        ticks.getLast().price(),
        volume.doubleValue(),
        notional.divide(volume, new java.math.MathContext(400)).doubleValue(),
        ticks.size());
  }

  private static String key(Bar bar) {
    return bar.symbol() + " " + bar.interval() + " " + bar.startMicros();
  }

  private static WindowSettings settings(List<Interval> intervals, long cap) {
    return new WindowSettings(
        "micro_batch", intervals, 500_000, 10 * SECOND, 900 * SECOND, 5 * SECOND, cap);
  }

  private static Tick tick(String symbol, long micros, long seq, double price) {
    return tick("p", symbol, micros, seq, price);
  }

  private static Tick tick(String provider, String symbol, long micros, long seq, double price) {
    return new Tick(
        provider,
        MarketEvent.LIVE,
        Symbol.of(symbol),
        micros,
        seq,
        price,
        1.5,
        Tick.ABSENT,
        Tick.ABSENT,
        micros);
  }
}
