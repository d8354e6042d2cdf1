package dev.mdp.core.decimal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Doubles as the shortest decimals that mean them, without going through text.
///
/// A decimal of at most 15 digits is the only one of at most 15 digits that rounds to its double
/// (DBL_DIG), so when `mantissa / 10^scale` gives the double back, it is the shortest decimal of
/// `Double.toString`, and of the server's `float8` output. From 2^53 on those two can differ: see
/// [#shortest].
public final class Decimals {
  /// What [#mantissa] returns when the double is not a short decimal at that scale.
  public static final long NONE = Long.MIN_VALUE;

  /// Every whole number of this many digits fits a long.
  static final int LONG_DIGITS = 18;

  private static final int MAX_SCALE = 22;
  private static final int MAX_SHORTEST_DIGITS = 17;
  static final long MAX_EXACT = 1L << 53;
  private static final double MAX_MANTISSA = 1e15;
  private static final double[] POWERS = new double[MAX_SCALE + 1];
  private static final long[] LONG_POWERS = new long[LONG_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MAX_SCALE; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
    LONG_POWERS[0] = 1;
    for (int i = 1; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /// The whole number `m` below 10^15 for which `m / 10^scale` is this double, or [#NONE].
  public static long mantissa(double value, int scale) {
    double shifted = Math.rint(value * POWERS[scale]);
    return Math.abs(shifted) < MAX_MANTISSA && shifted / POWERS[scale] == value
        ? (long) shifted
        : NONE;
  }

  /// The smallest scale at which the double has a mantissa, or -1.
  public static int scale(double value) {
    for (int scale = 0; scale <= MAX_SCALE; scale++) {
      if (mantissa(value, scale) != NONE) {
        return scale;
      }
    }
    return -1;
  }

  /// The shortest decimal that means this double, at any length, as PostgreSQL writes it (12 and
  /// later). `Double.toString` also takes a decimal exactly halfway between two doubles, when
  /// reading it gives this one: 8.41E21, where the server has 8.409999999999999e+21. Only whole
  /// numbers from 2^53 on have one that is short enough.
  public static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value));
    return Math.abs(value) >= MAX_EXACT && isHalfway(value, shortest)
        ? nearestWithin(value)
        : shortest;
  }

  /// The shortest decimal that is between the halves to both neighbours, of those the nearest.
  private static BigDecimal nearestWithin(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact;
    for (int digits = 1; digits <= MAX_SHORTEST_DIGITS; digits++) {
      rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value && !isHalfway(value, rounded)) {
        break;
      }
    }
    return rounded;
  }

  /// Whether a decimal lies exactly in the middle between this double and a neighbour.
  private static boolean isHalfway(double value, BigDecimal decimal) {
    BigDecimal twice = decimal.add(decimal);
    BigDecimal exact = new BigDecimal(value);
    return twice.compareTo(exact.add(new BigDecimal(Math.nextUp(value)))) == 0
        || twice.compareTo(exact.add(new BigDecimal(Math.nextDown(value)))) == 0;
  }

  /// The nearest double to a decimal; for one that is too small for any but 0 the smallest, so that
  /// nothing is mistaken for 0. Throws [NumberFormatException].
  public static double parse(String text) {
    double value = Double.parseDouble(text);
    return value == 0 && !isZero(text) ? Double.MIN_VALUE : value;
  }

  private static boolean isZero(String text) {
    for (int i = 0; i < text.length() && (text.charAt(i) | 0x20) != 'e'; i++) {
      if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
        return false;
      }
    }
    return true;
  }

  /// 10^exponent, or 0 when it does not fit a long.
  public static long powerOfTen(int exponent) {
    return exponent < LONG_POWERS.length ? LONG_POWERS[exponent] : 0;
  }

  public static boolean productFits(long left, long right) {
    return Math.multiplyHigh(left, right) == (left * right) >> 63;
  }

  /// `unscaled / 10^scale`, rounded to the nearest double.
  public static double toDouble(long unscaled, int scale) {
    if (scale <= MAX_SCALE && Math.abs(unscaled) <= MAX_EXACT) {
      return unscaled / POWERS[scale];
    }
    return BigDecimal.valueOf(unscaled, scale).doubleValue();
  }
}
