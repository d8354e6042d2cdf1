package dev.mdp.core.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/// When a session opens and closes, on the clocks of its exchange. Immutable.
///
/// A close of 00:00 is the midnight at the end of the day. With any other close that is not after
/// the open, the session opens the evening before: 17:00–16:00 on a Monday begins on Sunday.
public record Hours(LocalTime open, LocalTime close) {
  /// The wall clock's time at which the session of this date opens.
  public LocalDateTime opensOn(LocalDate date) {
    return opensTheDayBefore() ? date.minusDays(1).atTime(open) : date.atTime(open);
  }

  /// The wall clock's time at which the session of this date closes.
  public LocalDateTime closesOn(LocalDate date) {
    return closesAtMidnight() ? date.plusDays(1).atStartOfDay() : date.atTime(close);
  }

  /// Whether it ends before another of the same date begins, or just then.
  public boolean isBefore(Hours other) {
    return !closesOn(LocalDate.EPOCH).isAfter(other.opensOn(LocalDate.EPOCH));
  }

  /// Whether it ends before another of the next date begins, or just then.
  public boolean isBeforeNextDays(Hours other) {
    return !closesOn(LocalDate.EPOCH).isAfter(other.opensOn(LocalDate.EPOCH.plusDays(1)));
  }

  private boolean opensTheDayBefore() {
    return !closesAtMidnight() && !open.isBefore(close);
  }

  private boolean closesAtMidnight() {
    return close.equals(LocalTime.MIDNIGHT);
  }

  /// E.g. `09:30-16:00`, or `00:00-24:00`.
  @Override
  public String toString() {
    return open + "-" + (closesAtMidnight() ? "24:00" : close.toString());
  }
}
