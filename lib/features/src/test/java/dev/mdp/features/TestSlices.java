package dev.mdp.features;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.event.Interval;
import dev.mdp.features.window.Slice;
import java.util.Collection;
import java.util.List;

/// Slices from ticks, the slow way.
final class TestSlices {
  private TestSlices() {}

  static Slice of(long startMicros, Collection<TestTick> ticks) {
    List<TestTick> ordered = ticks.stream().sorted(TestTick.ORDER).toList();
    DecimalSum volume = new DecimalSum();
    DecimalSum notional = new DecimalSum();
    double atStart = Double.NaN;
    for (TestTick tick : ordered) {
      volume.add(tick.volume());
      notional.add(tick.notional());
      if (tick.micros() == startMicros) {
        atStart = tick.price();
      }
    }
    // as short as they come from a worker
    volume.subtract(new DecimalSum());
    notional.subtract(new DecimalSum());
    return new Slice(
        startMicros,
        ordered.getFirst().price(),
        ordered.stream().mapToDouble(TestTick::price).max().orElseThrow(),
        ordered.stream().mapToDouble(TestTick::price).min().orElseThrow(),
        ordered.getLast().price(),
        atStart,
        ordered.size(),
        volume,
        notional);
  }

  /// The slice that starts here, of those among the ticks that are in it.
  static Slice at(long startMicros, Interval slice, Collection<TestTick> ticks) {
    return of(
        startMicros,
        ticks.stream().filter(tick -> slice.start(tick.micros()) == startMicros).toList());
  }

  /// A slice of one trade.
  static Slice trade(long micros, Interval slice, double price, double size) {
    return of(slice.start(micros), List.of(new TestTick(micros, 0, price, size)));
  }
}
