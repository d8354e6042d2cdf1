package dev.mdp.core.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// The length of a tumbling window, with one canonical text: `60s`, `60000ms` and `1m` are the same
/// `1m`. Pure arithmetic on microseconds, half-open. Windows begin at the epoch and its multiples,
/// so `1d` is the day in UTC; those of whole weeks begin on Monday 1970-01-05 and its multiples.
public record Interval(long micros) implements Comparable<Interval> {
  private static final long MAX_MICROS = Duration.ofDays(366).toMillis() * 1_000L;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long WEEK_MICROS = 7 * DAY_MICROS;

  /// 1970-01-05, where windows of any number of weeks begin; the epoch was a Thursday.
  public static final long FIRST_MONDAY = 4 * DAY_MICROS;

  private static final List<Unit> UNITS =
      List.of(
          new Unit("w", WEEK_MICROS),
          new Unit("d", DAY_MICROS),
          new Unit("h", 3_600_000_000L),
          new Unit("m", 60_000_000L),
          new Unit("s", 1_000_000L),
          new Unit("ms", 1_000L));

  /// How many intervals one pass can build: each is a bit.
  public static final int MOST_AT_ONCE = 31;

  public Interval {
    if (micros <= 0 || micros > MAX_MICROS || micros % 1_000 != 0) {
      throw new IllegalArgumentException(
          "interval must be whole milliseconds from 1ms to 366d, was " + micros + " µs");
    }
  }

  public static Interval ofMillis(long millis) {
    return new Interval(Math.multiplyExact(millis, 1_000L));
  }

  /// Parses a window's length: a positive whole number and a unit: `500ms`, `2s`, `5m`, `1h`, `1d`,
  /// `1w`. Whole weeks in days or less are refused: where such windows begin is not what everybody
  /// expects.
  public static Interval parse(String text) {
    return window(parseLength(text), text);
  }

  /// Milliseconds as a window's length; whole weeks are refused, as in [#parse].
  public static Interval window(long millis) {
    return window(ofMillis(millis), Long.toString(millis));
  }

  private static Interval window(Interval interval, String text) {
    if (interval.isWeeks() && !text.endsWith("w")) {
      throw new IllegalArgumentException(
          "'%s' is not a window: counted from the epoch it would begin on a Thursday; write %s, which begins on Monday (ISO 8601), in UTC"
              .formatted(text, interval));
    }
    return interval;
  }

  /// Parses a length of time that no window has, such as a retention: as [#parse], with any unit.
  public static Interval parseLength(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    String suffix = text.substring(digits);
    for (Unit unit : UNITS) {
      if (unit.suffix.equals(suffix) && digits > 0 && digits <= 12) {
        long count = Long.parseLong(text, 0, digits, 10);
        if (count > 0 && count <= MAX_MICROS / unit.micros) {
          return new Interval(count * unit.micros);
        }
      }
    }
    throw new IllegalArgumentException(
        "not an interval: '"
            + text
            + "' (want a positive number and ms, s, m, h, d or w, at most 366d; for example 2s)");
  }

  /// The start of the window that holds this time.
  public long start(long timeMicros) {
    long origin = origin();
    return Math.floorDiv(timeMicros - origin, micros) * micros + origin;
  }

  /// The end (exclusive) of the window that holds this time.
  public long end(long timeMicros) {
    return start(timeMicros) + micros;
  }

  /// Whether each of its windows is made of several whole windows of the other.
  public boolean isMadeOf(Interval other) {
    return micros > other.micros
        && micros % other.micros == 0
        && Math.floorMod(origin() - other.origin(), other.micros) == 0;
  }

  /// The longest whose windows divide all these windows, and of which the lengths are multiples.
  ///
  /// @param windows at least one
  public static Interval divisor(Collection<Interval> windows, Collection<Interval> lengths) {
    long divisor = 0;
    for (Interval length : lengths) {
      divisor = greatestDivisor(length.micros, divisor);
    }
    for (Interval window : windows) {
      divisor = greatestDivisor(window.micros, divisor);
    }
    boolean weeks = divisor % WEEK_MICROS == 0;
    return new Interval(
        !weeks && windows.stream().anyMatch(Interval::isWeeks)
            ? greatestDivisor(FIRST_MONDAY, divisor)
            : divisor);
  }

  /// The greatest common divisor of two positive lengths.
  public static long greatestDivisor(long a, long b) {
    return b == 0 ? a : greatestDivisor(b, a % b);
  }

  /// Whether it is a whole number of weeks.
  public boolean isWeeks() {
    return micros % WEEK_MICROS == 0;
  }

  /// Where one of the windows begins.
  private long origin() {
    return isWeeks() ? FIRST_MONDAY : 0;
  }

  public Duration duration() {
    return Duration.of(micros, java.time.temporal.ChronoUnit.MICROS);
  }

  @Override
  public int compareTo(Interval other) {
    return Long.compare(micros, other.micros);
  }

  /// The canonical text: the largest unit that divides the length.
  @Override
  public String toString() {
    for (Unit unit : UNITS) {
      if (micros % unit.micros == 0) {
        return micros / unit.micros + unit.suffix;
      }
    }
    throw new AssertionError("whole milliseconds always have a unit: " + micros);
  }

  private record Unit(String suffix, long micros) {}
}
