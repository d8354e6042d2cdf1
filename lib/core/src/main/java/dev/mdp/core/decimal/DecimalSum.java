package dev.mdp.core.decimal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// An exact sum of decimals, whatever the order of the terms, rounded once when it is read. A long
/// that holds the unscaled value serves until it overflows; then a [BigDecimal] takes what is
/// there, until a subtraction leaves a sum that fits a long again. What was added can be
/// subtracted: nothing is left of it. One thread.
public final class DecimalSum {
  private static final int LONG_BITS = 63;

  private long unscaled;
  private int scale;
  private @Nullable BigDecimal spilled;

  /// Adds `mantissa / 10^mantissaScale`.
  public void add(long mantissa, int mantissaScale) {
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

  public void add(BigDecimal term) {
    spilled = spilled == null ? term : spilled.add(term);
  }

  public void add(DecimalSum other) {
    BigDecimal more = other.spilled;
    add(other.unscaled, other.scale);
    if (more != null) {
      add(more);
    }
  }

  public void subtract(DecimalSum other) {
    BigDecimal less = other.spilled;
    if (other.unscaled == Long.MIN_VALUE) {
      add(BigDecimal.valueOf(other.unscaled, other.scale).negate());
    } else {
      add(-other.unscaled, other.scale);
    }
    if (less != null) {
      add(less.negate());
    }
    compact();
  }

  /// A separate sum with the same terms.
  public DecimalSum copy() {
    DecimalSum copy = new DecimalSum();
    copy.unscaled = unscaled;
    copy.scale = scale;
    copy.spilled = spilled;
    return copy;
  }

  /// The sum, rounded to the nearest double.
  public double value() {
    return spilled == null ? Decimals.toDouble(unscaled, scale) : exact().doubleValue();
  }

  /// This sum over another one: the exact quotient, rounded once to the nearest double, so that a
  /// weighted mean is between the least and the largest of its numbers. NaN over zero.
  public double over(DecimalSum divisor) {
    return spilled == null && divisor.spilled == null
        ? Quotient.nearest(unscaled, divisor.unscaled, scale - divisor.scale)
        : Quotient.nearest(exact(), divisor.exact());
  }

  /// The sum as it is.
  public BigDecimal exact() {
    BigDecimal small = BigDecimal.valueOf(unscaled, scale);
    return spilled == null ? small : spilled.add(small);
  }

  /// Whether a long is enough for it, so that the next term is added quickly.
  public boolean isCompact() {
    return spilled == null;
  }

  public void clear() {
    unscaled = 0;
    scale = 0;
    spilled = null;
  }

  /// Goes back to a long, at the smallest scale, when the sum fits one.
  private void compact() {
    if (spilled == null) {
      if (unscaled == 0) {
        scale = 0;
      }
      return;
    }
    BigDecimal sum = exact().stripTrailingZeros();
    BigInteger whole = sum.unscaledValue();
    unscaled = 0;
    scale = 0;
    spilled = sum;
    if (sum.scale() >= 0 && whole.bitLength() <= LONG_BITS) {
      unscaled = whole.longValue();
      scale = sum.scale();
      spilled = null;
    } else if (sum.scale() < 0 && sum.precision() - sum.scale() <= Decimals.LONG_DIGITS) {
      unscaled = sum.longValueExact();
      spilled = null;
    }
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
