package dev.mdp.providers.dataset;

import dev.mdp.core.decimal.Decimals;
import dev.mdp.core.event.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as text, read strictly: an optional sign, digits with an optional fraction, an optional
/// exponent; nothing else (`NaN`, `0x1p3`, `1d`, `1,5` are none). Every double is the nearest to
/// the text, and one that an event may hold.
final class DecimalText {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int MAX_FAST_DIGITS = 15;
  private static final int MAX_TIME_EXPONENT = 40;

  private DecimalText() {}

  /// Throws [NumberFormatException] with a message that holds the value.
  static double parseDouble(String text) {
    int end = text.length();
    boolean signed = end > 0 && isSign(text.charAt(0));
    long digits = 0;
    int count = 0;
    int fraction = 0;
    boolean point = false;
    for (int i = signed ? 1 : 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && count < MAX_FAST_DIGITS) {
        digits = digits * 10 + (c - '0');
        count++;
        fraction += point ? 1 : 0;
      } else if (c == '.' && !point) {
        point = true;
      } else {
        return parseSlowly(text);
      }
    }
    if (count == 0) {
      throw notANumber(text);
    }
    // both operands are exact doubles, so the one division rounds correctly (Clinger 1990)
    double magnitude = digits / POWERS[fraction];
    return signed && text.charAt(0) == '-' ? -magnitude : magnitude;
  }

  /// The number times 10 to the power, truncated towards the past. Throws [NumberFormatException]
  /// for what is not a number, [ArithmeticException] for what no long can hold.
  static long parseScaled(String text, int power) {
    if (power >= 0 && isPlainDigits(text) && text.length() + power <= 18) {
      return Long.parseLong(text) * (long) POWERS[power];
    }
    requireGrammar(text);
    BigDecimal value = decimal(text).movePointRight(power);
    if (value.precision() - (long) value.scale() > MAX_TIME_EXPONENT) {
      throw new ArithmeticException("too large: " + text);
    }
    if (value.precision() - (long) value.scale() < -MAX_TIME_EXPONENT) {
      return value.signum() < 0 ? -1 : 0;
    }
    return value.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  /// A whole number that fits a long. Throws [NumberFormatException].
  static long parseLong(String text) {
    int sign = !text.isEmpty() && isSign(text.charAt(0)) ? 1 : 0;
    if (!isPlainDigits(text.substring(sign))) {
      throw new NumberFormatException("not a whole number: " + Quoted.of(text));
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new NumberFormatException("too large for 64 bits: " + Quoted.of(text));
    }
  }

  private static double parseSlowly(String text) {
    requireGrammar(text);
    double value = Decimals.parse(text);
    if (!Tick.isUsable(value)) {
      throw new NumberFormatException(
          (Math.abs(value) > 1 ? "too large: " : "too small: ")
              + Quoted.of(text)
              + " (want "
              + Tick.USABLE
              + ")");
    }
    return value;
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new ArithmeticException("exponent out of range: " + text);
    }
  }

  private static void requireGrammar(String text) {
    int i = !text.isEmpty() && isSign(text.charAt(0)) ? 1 : 0;
    int whole = skipDigits(text, i) - i;
    i += whole;
    int fraction = 0;
    if (i < text.length() && text.charAt(i) == '.') {
      fraction = skipDigits(text, i + 1) - i - 1;
      i += 1 + fraction;
    }
    boolean good = whole + fraction > 0;
    if (i < text.length() && (text.charAt(i) | 0x20) == 'e') {
      i++;
      i += i < text.length() && isSign(text.charAt(i)) ? 1 : 0;
      int end = skipDigits(text, i);
      good &= end > i;
      i = end;
    }
    if (!good || i < text.length()) {
      throw notANumber(text);
    }
  }

  private static int skipDigits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static boolean isPlainDigits(String text) {
    return !text.isEmpty() && skipDigits(text, 0) == text.length();
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static NumberFormatException notANumber(String text) {
    return new NumberFormatException("not a number: " + Quoted.of(text));
  }
}
