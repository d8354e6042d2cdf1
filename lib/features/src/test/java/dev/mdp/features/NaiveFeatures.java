package dev.mdp.features;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.features.statistic.Moments;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/// Every feature computed again from all ticks and all closes that were evaluated.
final class NaiveFeatures {
  private final List<FeatureSpec> specs;
  private final Interval every;
  private final List<Double> closes = new ArrayList<>();

  NaiveFeatures(List<FeatureSpec> specs, Interval every) {
    this.specs = specs;
    this.every = every;
  }

  double[] evaluate(long end, Collection<TestTick> known) {
    List<TestTick> ticks =
        known.stream().filter(tick -> tick.micros() < end).sorted(TestTick.ORDER).toList();
    double price = ticks.getLast().price();
    closes.add(price);
    double[] values = new double[specs.size()];
    for (int i = 0; i < values.length; i++) {
      double value = value(specs.get(i), end, ticks, price);
      values[i] = Double.isFinite(value) ? value : Double.NaN;
    }
    return values;
  }

  private double value(FeatureSpec spec, long end, List<TestTick> ticks, double price) {
    long from = end - spec.horizon().map(Interval::micros).orElse(0L);
    List<TestTick> inside = ticks.stream().filter(tick -> tick.micros() >= from).toList();
    return switch (spec.kind()) {
      case VWAP -> mean(sum(inside, TestTick::notional), sum(inside, TestTick::volume));
      case VOLUME -> inside.isEmpty() ? Double.NaN : sum(inside, TestTick::volume).doubleValue();
      case RET ->
          ticks.stream()
              .filter(tick -> tick.micros() <= from)
              .reduce((_, last) -> last)
              .map(last -> change(last.price(), price))
              .orElse(Double.NaN);
      case OPEN -> inside.isEmpty() ? Double.NaN : inside.getFirst().price();
      case CLOSE -> inside.isEmpty() ? Double.NaN : inside.getLast().price();
      case HIGH -> inside.stream().mapToDouble(TestTick::price).max().orElse(Double.NaN);
      case LOW -> inside.stream().mapToDouble(TestTick::price).min().orElse(Double.NaN);
      case RSI -> rsi(spec.periods());
      case MOM ->
          closes.size() <= spec.periods()
              ? Double.NaN
              : change(closes.get(closes.size() - 1 - spec.periods()), price);
      case VOL, SKEW, KURT -> moment(spec, end, ticks);
    };
  }

  private static double mean(BigDecimal notional, BigDecimal volume) {
    return volume.signum() == 0
        ? Double.NaN
        : notional.divide(volume, new MathContext(400)).doubleValue();
  }

  /// Only a positive base has a relative change.
  private static double change(double base, double price) {
    return base > 0 ? price / base - 1 : Double.NaN;
  }

  private static BigDecimal sum(List<TestTick> ticks, Function<TestTick, BigDecimal> term) {
    return ticks.stream().map(term).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private double rsi(int periods) {
    double gain = 0;
    double loss = 0;
    for (int i = 1; i < closes.size(); i++) {
      double change = closes.get(i) - closes.get(i - 1);
      double up = change > 0 ? change : 0;
      double down = change < 0 ? -change : 0;
      if (i < periods) {
        gain += up;
        loss += down;
      } else if (i == periods) {
        gain = (gain + up) / periods;
        loss = (loss + down) / periods;
      } else {
        gain = (gain * (periods - 1) + up) / periods;
        loss = (loss * (periods - 1) + down) / periods;
      }
    }
    return closes.size() <= periods ? Double.NaN : 100 * (gain / (gain + loss));
  }

  private double moment(FeatureSpec spec, long end, List<TestTick> ticks) {
    TreeMap<Long, Double> bars = new TreeMap<>();
    ticks.forEach(tick -> bars.put(every.start(tick.micros()), tick.price()));
    long from = end - spec.horizon().orElseThrow().micros();
    List<Double> inside = List.copyOf(bars.tailMap(from).values());
    Moments moments = new Moments(4);
    for (int i = 1; i < inside.size(); i++) {
      double ratio = inside.get(i) / inside.get(i - 1);
      if (!(inside.get(i) > 0 && ratio > 0 && ratio <= Double.MAX_VALUE)) {
        return Double.NaN;
      }
      moments.add(StrictMath.log(ratio));
    }
    return switch (spec.kind()) {
      case VOL ->
          moments.central().sampleDeviation()
              * (spec.annualize() ? Math.sqrt(365 * 86_400e6 / every.micros()) : 1);
      case SKEW -> moments.central().skewness();
      default -> moments.central().excessKurtosis();
    };
  }
}
