package dev.mdp.features.window;

import dev.mdp.core.decimal.DecimalSum;

/// All distinct ticks of one symbol in `[startMicros, startMicros + slice)`, at least one, as exact
/// aggregates. The sums are copied: what the caller adds to its own afterwards is not seen here.
///
/// @param startMicros a whole multiple of the feature set's slice
/// @param open the price of the first tick by `(srcMicros, seq)`
/// @param high the highest price
/// @param low the lowest price
/// @param close the price of the last tick by `(srcMicros, seq)`
/// @param atStart the price of the last tick at exactly `startMicros`, NaN when there is none
/// @param count how many ticks
/// @param volume Σ size
/// @param notional Σ price · size
public record Slice(
    long startMicros,
    double open,
    double high,
    double low,
    double close,
    double atStart,
    long count,
    DecimalSum volume,
    DecimalSum notional)
    implements Timeline.Entry {

  public Slice {
    boolean finite =
        Double.isFinite(open)
            && Double.isFinite(high)
            && Double.isFinite(low)
            && Double.isFinite(close)
            && !Double.isInfinite(atStart);
    if (count < 1 || !finite) {
      throw new IllegalArgumentException(
          "a slice wants at least one tick and finite prices: %d ticks, %s %s %s %s, %s at %d"
              .formatted(count, open, high, low, close, atStart, startMicros));
    }
    volume = volume.copy();
    notional = notional.copy();
  }
}
