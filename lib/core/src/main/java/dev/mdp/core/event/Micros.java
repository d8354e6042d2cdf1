package dev.mdp.core.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Event time as microseconds since the epoch, UTC: the one unit from wire to table.
public final class Micros {
  private static final long PER_SECOND = 1_000_000L;
  private static final long PER_DAY = 86_400 * PER_SECOND;

  /// Where `:60` of a leap second is, after year, month, day, hour and minute.
  private static final int SECONDS = 16;

  /// 1900-01-01T00:00:00Z; earlier timestamps are refused as out of range.
  public static final long MIN = -2_208_988_800_000_000L;

  /// 2200-01-01T00:00:00Z, exclusive; later timestamps are refused as out of range.
  public static final long MAX = 7_258_118_400_000_000L;

  private Micros() {}

  public static boolean inRange(long micros) {
    return micros >= MIN && micros < MAX;
  }

  /// Truncates towards the past, so that `…01.9999997` stays in its own second.
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /// The whole microseconds of a duration.
  public static long of(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /// RFC 3339 UTC with exactly six fraction digits, e.g. `2025-10-24T14:02:01.234567Z`.
  public static String format(long micros) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
            ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(27);
    pad(text, time.getYear(), 4).append('-');
    pad(text, time.getMonthValue(), 2).append('-');
    pad(text, time.getDayOfMonth(), 2).append('T');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    pad(text, time.getSecond(), 2).append('.');
    return pad(text, time.getNano() / 1_000, 6).append('Z').toString();
  }

  /// Parses RFC 3339 with 0–9 fraction digits and any offset; truncates to microseconds. A leap
  /// second, 23:59:60 UTC, is the last microsecond before it.
  public static long parse(String text) {
    try {
      if (text.startsWith(":60", SECONDS)) {
        String before = text.substring(0, SECONDS) + ":59" + text.substring(SECONDS + 3);
        long micros = of(java.time.OffsetDateTime.parse(before).toInstant());
        long next = Math.floorDiv(micros, PER_SECOND) * PER_SECOND + PER_SECOND;
        if (Math.floorMod(next, PER_DAY) == 0) {
          return next - 1;
        }
      }
      return of(java.time.OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not an RFC 3339 time with offset: '" + text + "'", e);
    }
  }

  private static StringBuilder pad(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
