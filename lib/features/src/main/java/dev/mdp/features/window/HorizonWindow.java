package dev.mdp.features.window;

import dev.mdp.core.decimal.DecimalSum;

/// The slices of one horizon, `[T − horizon, T)`, and what is asked of them. One thread.
public final class HorizonWindow extends HorizonSpan<Slice> {
  private final HorizonPlan plan;
  private final DecimalSum volume = new DecimalSum();
  private final DecimalSum notional = new DecimalSum();
  private final Extreme highest = new Extreme();
  private final Extreme lowest = new Extreme();
  private boolean areExtremesStale;

  HorizonWindow(HorizonPlan plan, Timeline<Slice> slices) {
    super(slices, plan.micros());
    this.plan = plan;
  }

  @Override
  void entered(int place) {
    Slice slice = entries().get(place);
    add(slice);
    if (!areExtremesStale) {
      pushExtremes(slice);
    }
  }

  @Override
  void leaving(int place) {
    subtract(entries().get(place));
  }

  @Override
  void emptied() {
    volume.clear();
    notional.clear();
    highest.clear();
    lowest.clear();
    areExtremesStale = false;
  }

  void put(Slice slice) {
    if (inserted(slice.startMicros())) {
      add(slice);
      areExtremesStale = true;
    }
  }

  void replaced(Slice former, Slice slice) {
    if (contains(slice.startMicros())) {
      subtract(former);
      add(slice);
      areExtremesStale |=
          Double.compare(former.high(), slice.high()) != 0
              || Double.compare(former.low(), slice.low()) != 0;
    }
  }

  /// Exactly Σ notional / Σ volume, rounded once; NaN at zero volume.
  public double vwap() {
    return notional.over(volume);
  }

  public double volume() {
    return isEmpty() ? Double.NaN : volume.value();
  }

  public double open() {
    return isEmpty() ? Double.NaN : entries().get(first()).open();
  }

  public double close() {
    return isEmpty() ? Double.NaN : entries().get(end() - 1).close();
  }

  public double high() {
    refreshExtremes();
    return highest.value();
  }

  public double low() {
    refreshExtremes();
    return -lowest.value();
  }

  /// The last price at or before the window's start; NaN when none is known.
  ///
  /// @param lastPrice a price before the window that is not of a slice, or of one that is there too
  double reference(LastPrice lastPrice, long sliceMicros) {
    if (entries().startsAt(first(), from())) {
      double atStart = entries().get(first()).atStart();
      if (!Double.isNaN(atStart)) {
        return atStart;
      }
    }
    if (first() == 0) {
      return lastPrice.before(from());
    }
    Slice last = entries().get(first() - 1);
    boolean sliceIsMissing = lastPrice.endMicros() > last.startMicros() + sliceMicros;
    return sliceIsMissing ? lastPrice.before(from()) : last.close();
  }

  private boolean isEmpty() {
    return first() == end();
  }

  private void add(Slice slice) {
    if (plan.needsVolume()) {
      volume.add(slice.volume());
    }
    if (plan.needsNotional()) {
      notional.add(slice.notional());
    }
  }

  private void subtract(Slice slice) {
    if (plan.needsVolume()) {
      volume.subtract(slice.volume());
    }
    if (plan.needsNotional()) {
      notional.subtract(slice.notional());
    }
  }

  private void pushExtremes(Slice slice) {
    if (plan.needsHigh()) {
      highest.push(slice.startMicros(), slice.high());
    }
    if (plan.needsLow()) {
      lowest.push(slice.startMicros(), -slice.low());
    }
  }

  private void refreshExtremes() {
    if (areExtremesStale) {
      highest.clear();
      lowest.clear();
      for (int i = first(); i < end(); i++) {
        pushExtremes(entries().get(i));
      }
      areExtremesStale = false;
    }
    highest.dropBefore(from());
    lowest.dropBefore(from());
  }
}
