package dev.mdp.cli.rules;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.decimal.Decimals;
import dev.mdp.core.event.Tick;
import dev.mdp.features.window.Slice;

/// One slice while its ticks come, in order. One thread.
final class SliceSums {
  private final long start;
  private final double open;
  private final DecimalSum volume = new DecimalSum();
  private final DecimalSum notional = new DecimalSum();
  private double high;
  private double low;
  private double close;
  private double atStart = Double.NaN;
  private long count;

  SliceSums(long start, Tick first) {
    this.start = start;
    this.open = first.price();
    this.high = open;
    this.low = open;
  }

  long start() {
    return start;
  }

  void add(Tick tick) {
    double price = tick.price();
    high = Math.max(high, price);
    low = Math.min(low, price);
    close = price;
    if (tick.srcMicros() == start) {
      atStart = price;
    }
    count++;
    if (tick.size() > 0) {
      volume.add(Decimals.shortest(tick.size()));
      notional.add(Decimals.shortest(price).multiply(Decimals.shortest(tick.size())));
    }
  }

  Slice slice() {
    return new Slice(start, open, high, low, close, atStart, count, volume, notional);
  }
}
