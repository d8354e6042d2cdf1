package dev.mdp.core.decimal;

import java.math.BigInteger;

/// Exact binary numbers as the nearest double, half to even.
public final class Rounding {
  private static final int PRECISION = 53;

  private Rounding() {}

  /// `value * 2^exponent`, rounded once; infinite when it is too large for a double.
  public static double toDouble(BigInteger value, long exponent) {
    if (value.signum() == 0) {
      return 0;
    }
    BigInteger magnitude = value.abs();
    int bits = magnitude.bitLength();
    long leading = bits - 1 + exponent;
    if (leading > Double.MAX_EXPONENT) {
      return value.signum() * Double.POSITIVE_INFINITY;
    }
    long precision = PRECISION - Math.max(0, Double.MIN_EXPONENT - leading);
    if (precision < 0) {
      return value.signum() * 0.0;
    }
    int drop = Math.toIntExact(Math.max(0, bits - precision));
    double rounded = drop == 0 ? magnitude.longValue() : nearest(magnitude, drop);
    return value.signum() * Math.scalb(rounded, Math.toIntExact(exponent + drop));
  }

  private static double nearest(BigInteger magnitude, int drop) {
    long kept = magnitude.shiftRight(drop).longValue();
    boolean half = magnitude.testBit(drop - 1);
    boolean more = magnitude.getLowestSetBit() < drop - 1;
    return half && (more || (kept & 1) == 1) ? kept + 1 : kept;
  }
}
