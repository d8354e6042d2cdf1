package dev.mdp.pipeline.window;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An exact sum of decimals, whatever the order of the terms, rounded once when it is read. A long
/// that holds the unscaled value serves until it overflows; then a [BigDecimal] takes what is
/// there. One thread.
final class DecimalSum {
  private long unscaled;
  private int scale;
  private @Nullable BigDecimal spilled;

  /// Adds `mantissa / 10^mantissaScale`.
  void add(long mantissa, int mantissaScale) {
    if (mantissaScale == scale) {
      addAligned(mantissa);
    } else if (mantissaScale < scale) {
      long factor = Decimals.powerOfTen(scale - mantissaScale);
      if (factor > 0 && Decimals.productFits(mantissa, factor)) {
        addAligned(mantissa * factor);
      } else {
        add(BigDecimal.valueOf(mantissa, mantissaScale));
      }
    } else {
      long factor = Decimals.powerOfTen(mantissaScale - scale);
      if (factor > 0 && Decimals.productFits(unscaled, factor)) {
        unscaled *= factor;
      } else {
        spill();
      }
      scale = mantissaScale;
      addAligned(mantissa);
    }
  }

  void add(BigDecimal term) {
    spilled = spilled == null ? term : spilled.add(term);
  }

  /// The sum, rounded to the nearest double.
  double value() {
    if (spilled != null) {
      return spilled.add(BigDecimal.valueOf(unscaled, scale)).doubleValue();
    }
    return Decimals.toDouble(unscaled, scale);
  }

  void clear() {
    unscaled = 0;
    scale = 0;
    spilled = null;
  }

  private void addAligned(long term) {
    long sum = unscaled + term;
    if (((unscaled ^ sum) & (term ^ sum)) < 0) {
      spill();
      sum = term;
    }
    unscaled = sum;
  }

  private void spill() {
    add(BigDecimal.valueOf(unscaled, scale));
    unscaled = 0;
  }
}
