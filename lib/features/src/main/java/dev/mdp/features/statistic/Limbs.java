package dev.mdp.features.statistic;

/// A double, and its whole powers, as a whole number of 2^(32 · low): exact, whatever the double.
/// Room for one number at a time, to be shared by all sums of one thread.
public final class Limbs {
  static final int BITS = 32;
  static final long MASK = (1L << BITS) - 1;

  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT_MASK = 0x7ff;
  private static final int EXPONENT_OF_LOWEST_BIT = -1074;
  private static final int MAX_POWER = 4;

  private final long[] base = new long[3];
  private long[] power = new long[3 * MAX_POWER];
  private long[] former = new long[3 * MAX_POWER];
  private int baseSize;
  private int baseLow;
  private boolean isBaseNegative;
  private int size;
  private int exponent;

  /// Holds this number from now on, as its first power.
  ///
  /// @throws IllegalArgumentException when it is not finite
  void hold(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("want a finite number, was " + number);
    }
    long bits = Double.doubleToRawLongBits(number);
    int biased = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
    long fraction = bits & ((1L << MANTISSA_BITS) - 1);
    long mantissa = biased == 0 ? fraction : fraction | (1L << MANTISSA_BITS);
    int shift = EXPONENT_OF_LOWEST_BIT + Math.max(0, biased - 1);
    baseLow = Math.floorDiv(shift, BITS);
    int within = shift - baseLow * BITS;
    long rest = mantissa >>> (BITS - within);
    base[0] = (mantissa << within) & MASK;
    base[1] = rest & MASK;
    base[2] = rest >>> BITS;
    isBaseNegative = bits < 0;
    baseSize = base[2] != 0 ? 3 : 2;
    size = baseSize;
    exponent = 1;
    System.arraycopy(base, 0, power, 0, baseSize);
  }

  /// Goes from the number's n-th power to the next one, up to the fourth.
  void raise() {
    long[] product = former;
    for (int i = 0; i < size + baseSize; i++) {
      product[i] = 0;
    }
    for (int i = 0; i < baseSize; i++) {
      long carry = 0;
      for (int j = 0; j < size; j++) {
        long term = base[i] * power[j] + product[i + j] + carry;
        product[i + j] = term & MASK;
        carry = term >>> BITS;
      }
      product[i + size] = carry;
    }
    former = power;
    power = product;
    size += baseSize;
    exponent++;
  }

  int size() {
    return size;
  }

  /// The weight of the limb is 2^(32 · (low + its place)).
  int low() {
    return baseLow * exponent;
  }

  long limb(int place) {
    return power[place];
  }

  boolean isNegative() {
    return isBaseNegative && (exponent & 1) == 1;
  }
}
