package dev.mdp.core.event;

import java.time.Duration;
import java.util.List;

/// The length of a tumbling window, with one canonical text: `60s`, `60000ms` and `1m` are the same
/// `1m`. Pure arithmetic on microseconds, epoch-aligned, half-open.
public record Interval(long micros) implements Comparable<Interval> {
  private static final long MAX_MICROS = Duration.ofDays(366).toMillis() * 1_000L;
  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", 86_400_000_000L),
          new Unit("h", 3_600_000_000L),
          new Unit("m", 60_000_000L),
          new Unit("s", 1_000_000L),
          new Unit("ms", 1_000L));

  public Interval {
    if (micros <= 0 || micros > MAX_MICROS || micros % 1_000 != 0) {
      throw new IllegalArgumentException(
          "interval must be whole milliseconds from 1ms to 366d, was " + micros + " µs");
    }
  }

  public static Interval ofMillis(long millis) {
    return new Interval(Math.multiplyExact(millis, 1_000L));
  }

  /// Parses a positive whole number and a unit: `500ms`, `2s`, `5m`, `1h`, `1d`.
  public static Interval parse(String text) {
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
            + "' (want a positive number and ms, s, m, h or d, at most 366d; for example 2s)");
  }

  /// The start of the window that holds this time.
  public long start(long timeMicros) {
    return Math.floorDiv(timeMicros, micros) * micros;
  }

  /// The end (exclusive) of the window that holds this time.
  public long end(long timeMicros) {
    return start(timeMicros) + micros;
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
