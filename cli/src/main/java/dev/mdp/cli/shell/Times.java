package dev.mdp.cli.shell;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;

/// Times as people write them, but for those of trading days ([RangeTimes]).
final class Times {
  private Times() {}

  /// ISO 8601 with or without offset, a date, seconds or milliseconds since 1970, `now`, or a
  /// duration before now. Throws `IllegalArgumentException` naming the option.
  ///
  /// @param zone of times without an offset
  static Instant parse(String option, String text, Instant now, ZoneId zone) {
    try {
      return requireInRange(option, parse(text.strip(), now, zone));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          option
              + ": not a time: '"
              + text
              + "' (want 2025-10-24T14:00:00Z, 2025-10-24, 1761314400, now, 2h for two hours ago,"
              + " open, close, or '2025-10-24 open')",
          e);
    }
  }

  /// The time, if it is one that we keep. Throws `IllegalArgumentException` naming the option.
  static Instant requireInRange(String option, Instant time) {
    if (!Micros.inRange(Micros.of(time))) {
      throw new IllegalArgumentException(option + ": " + time + " is not between 1900 and 2200");
    }
    return time;
  }

  private static Instant parse(String text, Instant now, ZoneId zone) {
    if (text.equals("now")) {
      return now;
    }
    if (text.matches("-?[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      return Math.abs(number) < 100_000_000_000L
          ? Instant.ofEpochSecond(number)
          : Instant.ofEpochMilli(number);
    }
    if (text.matches("[0-9]+[a-z]+")) {
      try {
        return now.minus(Interval.parseLength(text).duration());
      } catch (IllegalArgumentException e) {
        throw new DateTimeException(String.valueOf(e.getMessage()), e);
      }
    }
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
    boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return offset
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }
}
