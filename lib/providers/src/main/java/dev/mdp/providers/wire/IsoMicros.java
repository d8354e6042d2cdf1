package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.util.Arrays;

/// RFC 3339 into microseconds, truncated towards the past. It remembers the minute of the last
/// time, which is nearly always the minute of the next one too. One thread.
public final class IsoMicros {
  /// `2021-05-11T19:47:`
  private static final int MINUTE = 17;

  private static final int MAX_LENGTH = 64;
  private static final int NANO_DIGITS = 9;
  private static final int MICRO_DIGITS = 6;
  private static final int SECONDS = 60;

  private final char[] minute = new char[MINUTE];
  private long minuteMicros = CharNumbers.NO_TIME;

  /// The parser's value, whatever its type: the time, or [CharNumbers#NO_TIME] for what is not one,
  /// or one out of range.
  public long parse(JsonParser parser) throws IOException {
    return parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  long parse(char[] text, int from, int length) {
    if (length > MINUTE
        && minuteMicros != CharNumbers.NO_TIME
        && Arrays.equals(text, from, from + MINUTE, minute, 0, MINUTE)) {
      long within = withinMinute(text, from + MINUTE, from + length);
      if (within >= 0) {
        return minuteMicros + within;
      }
    }
    return length > MAX_LENGTH ? CharNumbers.NO_TIME : parseSlowly(text, from, length);
  }

  /// `08.464459Z` as microseconds; negative when it has another form.
  private static long withinMinute(char[] text, int from, int end) {
    if (end - from < 3 || text[end - 1] != 'Z') {
      return -1;
    }
    long second = CharNumbers.whole(text, from, 2);
    int digits = end - from - 4;
    if (second < 0 || second >= SECONDS || digits > NANO_DIGITS) {
      return -1;
    }
    if (digits < 0) {
      return end - from == 3 ? second * 1_000_000 : -1;
    }
    int micros = 0;
    for (int i = 0; i < Math.max(digits, MICRO_DIGITS); i++) {
      int digit = i < digits ? text[from + 3 + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros = i < MICRO_DIGITS ? micros * 10 + digit : micros;
    }
    return text[from + 2] == '.' && digits > 0 ? second * 1_000_000 + micros : -1;
  }

  private long parseSlowly(char[] text, int from, int length) {
    try {
      long micros = Micros.parse(new String(text, from, length));
      if (!Micros.inRange(micros)) {
        return CharNumbers.NO_TIME;
      }
      long within = length > MINUTE ? withinMinute(text, from + MINUTE, from + length) : -1;
      if (within >= 0) {
        System.arraycopy(text, from, minute, 0, MINUTE);
        minuteMicros = micros - within;
      }
      return micros;
    } catch (IllegalArgumentException _) {
      return CharNumbers.NO_TIME;
    }
  }
}
