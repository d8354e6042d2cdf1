package dev.mdp.bus.codec;

import dev.mdp.core.decimal.Decimals;
import java.nio.charset.StandardCharsets;

/// JSON numbers into doubles, correctly rounded: exactly with one multiplication or division where
/// the digits and the power of ten are exact as doubles (W. D. Clinger, How to Read Floating Point
/// Numbers Accurately, 1990), else by the JDK. One thread.
final class NumberParser {
  /// Longer numbers are left to the reference reader.
  private static final int MAX_LENGTH = 300;

  private static final int MAX_DIGITS = 18;
  private static final long MAX_EXACT = 1L << 53;
  private static final double[] POWERS = new double[23];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private int end;

  /// Where the last number ended (exclusive); -1 when there was none.
  int end() {
    return end;
  }

  /// Parses the number that begins at `from`; what follows is not looked at.
  double parse(byte[] data, int from, int to) {
    int i = from;
    boolean negative = i < to && data[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long digits = 0;
    int digit;
    while (i < to && (digit = data[i] - '0') >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      i++;
    }
    int count = i - first;
    if (count == 0 || (count > 1 && data[first] == '0')) {
      return none();
    }
    int exponent = 0;
    if (i < to && data[i] == '.') {
      int point = ++i;
      while (i < to && (digit = data[i] - '0') >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        i++;
      }
      exponent = point - i;
      count -= exponent;
      if (exponent == 0) {
        return none();
      }
    }
    if (i < to && (data[i] | 0x20) == 'e') {
      return withExponent(data, from, i, to);
    }
    end = i;
    if (count > MAX_DIGITS || digits > MAX_EXACT || exponent <= -POWERS.length) {
      return byTheJdk(data, from, i);
    }
    double value = exponent == 0 ? digits : digits / POWERS[-exponent];
    return negative ? -value : value;
  }

  /// Parses the whole number that begins at `from`; [#end] is -1 for one that does not fit into 18
  /// digits.
  long parseLong(byte[] data, int from, int to) {
    int i = from;
    boolean negative = i < to && data[i] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long value = 0;
    int digit;
    while (i < to && (digit = data[i] - '0') >= 0 && digit <= 9) {
      value = value * 10 + digit;
      i++;
    }
    int count = i - first;
    boolean usable = count > 0 && count <= MAX_DIGITS && (count == 1 || data[first] != '0');
    end = usable ? i : -1;
    return negative ? -value : value;
  }

  private double withExponent(byte[] data, int from, int exponentAt, int to) {
    int i = exponentAt + 1;
    if (i < to && (data[i] == '+' || data[i] == '-')) {
      i++;
    }
    int first = i;
    while (i < to && data[i] >= '0' && data[i] <= '9') {
      i++;
    }
    if (i == first) {
      return none();
    }
    end = i;
    return byTheJdk(data, from, i);
  }

  private double byTheJdk(byte[] data, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return none();
    }
    return Decimals.parse(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
  }

  private double none() {
    end = -1;
    return Double.NaN;
  }
}
