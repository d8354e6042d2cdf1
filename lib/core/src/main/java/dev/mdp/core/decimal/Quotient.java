package dev.mdp.core.decimal;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Quotients of exact decimals, rounded once to the nearest double, half to even. Dividing two sums
/// that are rounded already is up to two units of the last place wrong: 105487.6 traded once would
/// have the mean 105487.59999999999.
public final class Quotient {
  /// How many bits of the quotient, and whether anything follows them, decide the rounding of 53.
  private static final int BITS = 66;

  private Quotient() {}

  /// NaN over zero; never -0.0.
  public static double nearest(BigDecimal numerator, BigDecimal denominator) {
    return nearest(
        numerator.unscaledValue(),
        denominator.unscaledValue(),
        Math.subtractExact(numerator.scale(), denominator.scale()));
  }

  /// `numerator / denominator / 10^scale`. Where both are exact as doubles once the power of ten is
  /// in one of them, one division of doubles is the answer.
  static double nearest(long numerator, long denominator, int scale) {
    long up = 1;
    long down = 1;
    if (scale > 0) {
      down = Decimals.powerOfTen(scale);
    } else if (scale < 0) {
      up = Decimals.powerOfTen(-scale);
    }
    if (productIsExact(numerator, up) && productIsExact(denominator, down)) {
      long divisor = denominator * down;
      return divisor == 0 ? Double.NaN : (double) (numerator * up) / divisor + 0.0;
    }
    return nearest(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), scale);
  }

  /// Whether the product of a number and a power of ten (0 where that is not a long) is a whole
  /// number that a double holds.
  private static boolean productIsExact(long number, long power) {
    return power > 0
        && Decimals.productFits(number, power)
        && Math.abs(number * power) <= Decimals.MAX_EXACT
        && number != Long.MIN_VALUE;
  }

  private static double nearest(BigInteger numerator, BigInteger denominator, int scale) {
    if (denominator.signum() == 0) {
      return Double.NaN;
    }
    BigInteger dividend = scaled(numerator.abs(), -scale);
    BigInteger divisor = scaled(denominator.abs(), scale);
    int shift = Math.max(0, BITS + divisor.bitLength() - dividend.bitLength());
    BigInteger[] parts = dividend.shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    double magnitude = Rounding.toDouble(quotient, -shift);
    return numerator.signum() * denominator.signum() * magnitude + 0.0;
  }

  private static BigInteger scaled(BigInteger value, int power) {
    if (power <= 0) {
      return value;
    }
    long factor = Decimals.powerOfTen(power);
    return value.multiply(factor > 0 ? BigInteger.valueOf(factor) : BigInteger.TEN.pow(power));
  }
}
