package dev.mdp.bus.codec;

import dev.mdp.core.event.Micros;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/// RFC 3339 with 0 to 9 fraction digits and any offset into microseconds, truncated towards the
/// past. A leap second, 23:59:60 UTC, has no separate number: it is the last microsecond before it.
/// Remembers the last day it saw. One thread.
final class TimestampParser {
  /// What a text that is not a time, or one out of range, parses to.
  static final long INVALID = Long.MIN_VALUE;

  private static final int DATE = 10;
  private static final int SECONDS_END = 19;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int[] TO_MICROS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

  private long cachedDate;
  private int cachedDay;
  private long cachedMicros = INVALID;
  private int end;
  private long leapSeconds;

  /// How many times of a leap second were read.
  long leapSeconds() {
    return leapSeconds;
  }

  /// Where the last text that [#parse(byte\[\], int, int)] took ended (exclusive).
  int end() {
    return end;
  }

  long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long micros = parse(bytes, 0, bytes.length);
    return end == bytes.length ? micros : INVALID;
  }

  /// Parses the time that begins at `from`; what follows it is not looked at.
  long parse(byte[] data, int from, int to) {
    end = from;
    if (from + SECONDS_END + 1 > to || (data[from + DATE] | 0x20) != 't') {
      return INVALID;
    }
    long day = dayMicros(data, from);
    int hour = two(data, from + 11);
    int minute = two(data, from + 14);
    int second = two(data, from + 17);
    if (day == INVALID || data[from + 13] != ':' || data[from + 16] != ':') {
      return INVALID;
    }
    if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 60) {
      return INVALID;
    }
    long minutes = hour * 60L + minute;
    if (second == 60) {
      return leapSecond(
          offset(data, from + SECONDS_END, to, day + (minutes * 60 + 59) * MICROS_PER_SECOND));
    }
    long micros = day + (minutes * 60 + second) * MICROS_PER_SECOND;
    return offset(data, from + SECONDS_END, to, micros);
  }

  /// @param before the same time one second earlier
  private long leapSecond(long before) {
    if (before == INVALID) {
      return INVALID;
    }
    long second = Math.floorDiv(before, MICROS_PER_SECOND) + 1;
    long micros = second * MICROS_PER_SECOND - 1;
    if (Math.floorMod(micros, MICROS_PER_DAY) != MICROS_PER_DAY - 1) {
      return INVALID;
    }
    leapSeconds++;
    return micros;
  }

  private long offset(byte[] data, int from, int to, long localMicros) {
    int i = from;
    long micros = localMicros;
    if (data[i] == '.') {
      int fraction = 0;
      int digits = 0;
      for (i++; i < to && isDigit(data[i]); i++, digits++) {
        if (digits < 6) {
          fraction = fraction * 10 + (data[i] - '0');
        }
      }
      if (digits == 0 || digits > 9) {
        return INVALID;
      }
      micros += (long) fraction * TO_MICROS[Math.min(digits, 6)];
    }
    if (i >= to) {
      return INVALID;
    }
    if ((data[i] | 0x20) == 'z') {
      end = i + 1;
      return Micros.inRange(micros) ? micros : INVALID;
    }
    return numericOffset(data, i, to, micros);
  }

  private long numericOffset(byte[] data, int i, int to, long localMicros) {
    if (i + 6 > to || (data[i] != '+' && data[i] != '-') || data[i + 3] != ':') {
      return INVALID;
    }
    int hours = two(data, i + 1);
    int minutes = two(data, i + 4);
    if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
      return INVALID;
    }
    long offset = (hours * 60L + minutes) * 60L * MICROS_PER_SECOND;
    long micros = data[i] == '+' ? localMicros - offset : localMicros + offset;
    end = i + 6;
    return Micros.inRange(micros) ? micros : INVALID;
  }

  private long dayMicros(byte[] data, int from) {
    long date = Words.at(data, from);
    int day = (data[from + 8] & 0xff) << 8 | (data[from + 9] & 0xff);
    if (date == cachedDate && day == cachedDay) {
      return cachedMicros;
    }
    cachedDate = date;
    cachedDay = day;
    cachedMicros = freshDay(data, from);
    return cachedMicros;
  }

  private static long freshDay(byte[] data, int from) {
    int century = two(data, from);
    int year = two(data, from + 2);
    int month = two(data, from + 5);
    int day = two(data, from + 8);
    if ((century | year | month | day) < 0 || data[from + 4] != '-' || data[from + 7] != '-') {
      return INVALID;
    }
    try {
      return LocalDate.of(century * 100 + year, month, day).toEpochDay()
          * 86_400L
          * MICROS_PER_SECOND;
    } catch (DateTimeException _) {
      return INVALID;
    }
  }

  /// Two digits as a number, negative when they are none.
  private static int two(byte[] data, int index) {
    int tens = data[index] - '0';
    int ones = data[index + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
