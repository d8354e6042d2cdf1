package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Seconds since the epoch as a decimal, into microseconds, truncated towards the past. Never
/// through a double, whose steps are a quarter of a microsecond today. Thread-safe.
public final class EpochSeconds {
  private static final int MAX_SECOND_DIGITS = 11;
  private static final int MICRO_DIGITS = 6;
  private static final int MAX_EXPONENT = 30;

  private EpochSeconds() {}

  /// The parser's value, whatever its type: microseconds, or [CharNumbers#NO_TIME] for what is not
  /// a decimal, or a time out of range.
  public static long micros(JsonParser parser) throws IOException {
    return micros(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  static long micros(char[] text, int from, int length) {
    int end = from + length;
    int at = from;
    long micros = 0;
    while (at < end && CharNumbers.isDigit(text[at])) {
      micros = micros * 10 + (text[at++] - '0');
    }
    boolean plain = at > from && at - from <= MAX_SECOND_DIGITS;
    if (!plain || (at < end && text[at] != '.')) {
      return microsOfAny(text, from, length);
    }
    int taken = 0;
    for (at++; at < end; at++) {
      if (!CharNumbers.isDigit(text[at])) {
        return microsOfAny(text, from, length);
      }
      if (taken < MICRO_DIGITS) {
        micros = micros * 10 + (text[at] - '0');
        taken++;
      }
    }
    for (; taken < MICRO_DIGITS; taken++) {
      micros *= 10;
    }
    return Micros.inRange(micros) ? micros : CharNumbers.NO_TIME;
  }

  /// For numbers with an exponent, as some write every double.
  private static long microsOfAny(char[] text, int from, int length) {
    String number = CharNumbers.number(text, from, length);
    if (number.isEmpty()) {
      return CharNumbers.NO_TIME;
    }
    BigDecimal seconds = new BigDecimal(number);
    if (Math.abs((long) seconds.precision() - seconds.scale()) > MAX_EXPONENT) {
      return CharNumbers.NO_TIME;
    }
    BigDecimal micros = seconds.movePointRight(MICRO_DIGITS).setScale(0, RoundingMode.FLOOR);
    boolean fits = micros.abs().compareTo(BigDecimal.valueOf(Micros.MAX)) < 0;
    return fits && Micros.inRange(micros.longValueExact())
        ? micros.longValueExact()
        : CharNumbers.NO_TIME;
  }
}
