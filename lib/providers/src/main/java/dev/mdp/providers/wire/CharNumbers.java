package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.decimal.Decimals;
import java.io.IOException;
import java.util.regex.Pattern;

/// Numbers as characters, read exactly and strictly, whether the venue sends them as JSON numbers
/// or as texts. Thread-safe.
public final class CharNumbers {
  /// What is not a time, or one out of range, is as microseconds.
  public static final long NO_TIME = Long.MIN_VALUE;

  /// What is not a whole number, or negative, or too large for a long, is as one.
  public static final long NO_NUMBER = -1;

  private static final int MAX_FAST_DIGITS = 18;
  private static final int MAX_WHOLE_DIGITS = 19;

  /// Longer numbers than any venue has reason to send are refused, so that none costs more than it
  /// is worth.
  private static final int MAX_LENGTH = 300;

  private static final Pattern GRAMMAR =
      Pattern.compile("-?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");

  private CharNumbers() {}

  /// The parser's value, whatever its type, as [#decimal(char\[\], int, int)].
  public static double decimal(JsonParser parser) throws IOException {
    return decimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  /// The parser's value, whatever its type, as [#whole(char\[\], int, int)].
  public static long whole(JsonParser parser) throws IOException {
    return whole(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  /// The nearest double to a decimal; NaN for what is not one (`NaN`, `0x1p3`, `1,5`, nothing), and
  /// infinite for one that is too large.
  static double decimal(char[] text, int from, int length) {
    int end = from + length;
    boolean negative = length > 0 && text[from] == '-';
    long digits = 0;
    int count = 0;
    int fraction = 0;
    boolean point = false;
    for (int i = negative ? from + 1 : from; i < end; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9 && count < MAX_FAST_DIGITS) {
        digits = digits * 10 + digit;
        count++;
        fraction += point ? 1 : 0;
      } else if (text[i] == '.' && !point) {
        point = true;
      } else {
        return decimalSlowly(text, from, length);
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double magnitude = Decimals.toDouble(digits, fraction);
    return negative ? -magnitude : magnitude;
  }

  /// A whole number, or [#NO_NUMBER].
  static long whole(char[] text, int from, int length) {
    if (length == 0 || length > MAX_WHOLE_DIGITS) {
      return NO_NUMBER;
    }
    long value = 0;
    for (int i = from; i < from + length; i++) {
      if (!isDigit(text[i])) {
        return NO_NUMBER;
      }
      value = value * 10 + (text[i] - '0');
    }
    // 19 digits overflow at most once, into the negative
    return value < 0 ? NO_NUMBER : value;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static double decimalSlowly(char[] text, int from, int length) {
    String number = number(text, from, length);
    return number.isEmpty() ? Double.NaN : Decimals.parse(number);
  }

  /// The text when it is a number, else an empty one.
  static String number(char[] text, int from, int length) {
    if (length > MAX_LENGTH) {
      return "";
    }
    String number = new String(text, from, length);
    return GRAMMAR.matcher(number).matches() ? number : "";
  }
}
