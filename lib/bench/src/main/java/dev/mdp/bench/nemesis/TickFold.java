package dev.mdp.bench.nemesis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bar's numbers; `vwap` is NaN where the table has NULL. Computed here in the plainest way,
/// beside the product and beside SQL.
record TickFold(
    double open, double high, double low, double close, double volume, double vwap, long count) {
  /// More digits than the rounding to a double looks at.
  private static final MathContext EXACT = new MathContext(200);

  private static final Comparator<SentLine.Sent> ORDER =
      Comparator.comparingLong(SentLine.Sent::micros).thenComparingLong(SentLine.Sent::seq);

  /// The bar of these ticks, or null of none.
  static @Nullable TickFold of(List<SentLine.Sent> ticks) {
    if (ticks.isEmpty()) {
      return null;
    }
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    double high = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    for (SentLine.Sent tick : ticks) {
      BigDecimal size = new BigDecimal(Double.toString(tick.size()));
      volume = volume.add(size);
      notional = notional.add(size.multiply(new BigDecimal(Double.toString(tick.price()))));
      high = Math.max(high, tick.price());
      low = Math.min(low, tick.price());
    }
    return new TickFold(
        ticks.stream().min(ORDER).orElseThrow().price(),
        high,
        low,
        ticks.stream().max(ORDER).orElseThrow().price(),
        volume.doubleValue(),
        volume.signum() == 0 ? Double.NaN : notional.divide(volume, EXACT).doubleValue(),
        ticks.size());
  }
}
