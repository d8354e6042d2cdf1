package dev.mdp.store.ticks;

import dev.mdp.core.event.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// One symbol's statistics as their definitions read, without any cleverness: every bucket looks at
/// every tick.
final class NaiveTickStats {
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

  private static final long WEEK = 7 * 86_400_000_000L;

  private final List<Tick> ticks;
  private final long width;

  NaiveTickStats(List<Tick> ticks, long widthMicros) {
    this.ticks =
        ticks.stream()
            .sorted(Comparator.comparingLong(Tick::srcMicros).thenComparingLong(Tick::seq))
            .toList();
    this.width = widthMicros;
  }

  /// bucket, ticks, open, high, low, close, volume, vwap, twap
  List<String> prices() {
    List<String> rows = new ArrayList<>();
    for (long start : buckets(ticks)) {
      List<Tick> inside = inside(ticks, start);
      BigDecimal volume = BigDecimal.ZERO;
      BigDecimal notional = BigDecimal.ZERO;
      for (Tick tick : inside) {
        if (!Double.isNaN(tick.size())) {
          volume = volume.add(exact(tick.size()));
          notional = notional.add(exact(tick.size()).multiply(exact(tick.price())));
        }
      }
      double total = volume.doubleValue();
      rows.add(
          row(
              start,
              inside.size(),
              inside.getFirst().price(),
              inside.stream().mapToDouble(Tick::price).max().orElseThrow(),
              inside.stream().mapToDouble(Tick::price).min().orElseThrow(),
              inside.getLast().price(),
              total,
              total == 0 ? null : mean(notional, volume),
              timeWeighted(ticks, start, tick -> exact(tick.price()))));
    }
    return rows;
  }

  /// bucket, quotes, crossed, least, largest, mean and time-weighted spread
  List<String> spreads() {
    List<Tick> quotes =
        ticks.stream().filter(t -> !Double.isNaN(t.bid()) && !Double.isNaN(t.ask())).toList();
    List<String> rows = new ArrayList<>();
    for (long start : buckets(quotes)) {
      List<BigDecimal> spreads =
          inside(quotes, start).stream().map(NaiveTickStats::spread).toList();
      rows.add(
          row(
              start,
              spreads.size(),
              spreads.stream().filter(spread -> spread.signum() < 0).count(),
              spreads.stream().min(Comparator.naturalOrder()).orElseThrow().doubleValue(),
              spreads.stream().max(Comparator.naturalOrder()).orElseThrow().doubleValue(),
              mean(
                  spreads.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                  BigDecimal.valueOf(spreads.size())),
              timeWeighted(quotes, start, NaiveTickStats::spread)));
    }
    return rows;
  }

  /// The time-weighted spread in basis points, by doubles: bucket by bucket.
  List<Double> spreadsInBasisPoints() {
    List<Tick> quotes =
        ticks.stream().filter(t -> !Double.isNaN(t.bid()) && !Double.isNaN(t.ask())).toList();
    ToDoubleFunction<Tick> bps =
        tick -> (tick.ask() - tick.bid()) / ((tick.ask() + tick.bid()) / 2) * 10_000;
    List<Double> all = new ArrayList<>();
    for (long start : buckets(quotes)) {
      double sum = 0;
      double time = 0;
      for (int i = 0; i < quotes.size(); i++) {
        long overlap = overlap(quotes, i, start);
        sum += bps.applyAsDouble(quotes.get(i)) * overlap;
        time += overlap;
      }
      all.add(sum / time);
    }
    return all;
  }

  /// bucket, ticks, ticks per second, same time, mean, 95th percentile and largest gap in ms
  List<String> rates() {
    List<String> rows = new ArrayList<>();
    for (long start : buckets(ticks)) {
      List<Long> gaps = new ArrayList<>();
      for (int i = 1; i < ticks.size(); i++) {
        if (start(ticks.get(i)) == start) {
          gaps.add(ticks.get(i).srcMicros() - ticks.get(i - 1).srcMicros());
        }
      }
      gaps.sort(Comparator.naturalOrder());
      int count = inside(ticks, start).size();
      BigDecimal sum = BigDecimal.valueOf(gaps.stream().mapToLong(Long::longValue).sum());
      boolean none = gaps.isEmpty();
      rows.add(
          row(
              start,
              count,
              mean(BigDecimal.valueOf(count), BigDecimal.valueOf(width, 6)),
              gaps.stream().filter(gap -> gap == 0).count(),
              none ? null : mean(sum.movePointLeft(3), BigDecimal.valueOf(gaps.size())),
              none ? null : gaps.get((int) Math.ceil(0.95 * gaps.size()) - 1) / 1e3,
              none ? null : gaps.getLast() / 1e3));
    }
    return rows;
  }

  private TreeSet<Long> buckets(List<Tick> all) {
    TreeSet<Long> starts = new TreeSet<>();
    all.forEach(tick -> starts.add(start(tick)));
    return starts;
  }

  private List<Tick> inside(List<Tick> all, long start) {
    return all.stream()
        .filter(tick -> tick.srcMicros() >= start && tick.srcMicros() < start + width)
        .toList();
  }

  /// Each value times the seconds for which it was the newest one within the bucket.
  private double timeWeighted(
      List<Tick> all, long start, java.util.function.Function<Tick, BigDecimal> value) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal seconds = BigDecimal.ZERO;
    for (int i = 0; i < all.size(); i++) {
      BigDecimal overlap = BigDecimal.valueOf(overlap(all, i, start)).divide(MICROS);
      sum = sum.add(value.apply(all.get(i)).multiply(overlap));
      seconds = seconds.add(overlap);
    }
    return mean(sum, seconds);
  }

  /// For how long the i-th was the newest one, within the bucket.
  private long overlap(List<Tick> all, int i, long start) {
    long from = Math.max(start, all.get(i).srcMicros());
    long next = i + 1 < all.size() ? all.get(i + 1).srcMicros() : Long.MAX_VALUE;
    return Math.max(0, Math.min(start + width, next) - from);
  }

  private static double mean(BigDecimal sum, BigDecimal weight) {
    return sum.divide(weight, new MathContext(400)).doubleValue();
  }

  private static BigDecimal spread(Tick tick) {
    return exact(tick.ask()).subtract(exact(tick.bid()));
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(Double.toString(value));
  }

  private static String row(Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value instanceof Double number ? TickAnalyticsIT.text(number) : "" + value);
    }
    return String.join("|", texts);
  }

  /// Weeks begin on Mondays, of which 1970-01-05 is one.
  private long start(Tick tick) {
    long origin = width % WEEK == 0 ? WEEK * 4 / 7 : 0;
    return Math.floorDiv(tick.srcMicros() - origin, width) * width + origin;
  }
}
