package dev.mdp.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The hours of one day's sessions, in the order of time. Immutable.
///
/// @param hours at least one; none overlaps another, nor those of the same schedule a day later
public record Schedule(List<Hours> hours) {
  public Schedule {
    hours = List.copyOf(hours);
    if (hours.isEmpty()) {
      throw new IllegalArgumentException("a day must have at least one session");
    }
    for (int i = 1; i < hours.size(); i++) {
      if (!hours.get(i - 1).isBefore(hours.get(i))) {
        throw new IllegalArgumentException(
            hours.get(i) + " does not come after " + hours.get(i - 1));
      }
    }
    if (!hours.getLast().isBeforeNextDays(hours.getFirst())) {
      throw new IllegalArgumentException(
          hours.getLast() + " ends after " + hours.getFirst() + " of the next day begins");
    }
  }

  /// A single session a day.
  public static Schedule of(LocalTime open, LocalTime close) {
    return new Schedule(List.of(new Hours(open, close)));
  }

  /// Whether a day with these hours ends before one with the others.
  public boolean endsBefore(Schedule other) {
    return hours
        .getLast()
        .closesOn(LocalDate.EPOCH)
        .isBefore(other.hours.getLast().closesOn(LocalDate.EPOCH));
  }

  /// The sessions of a date. One that lies wholly in an hour that the clocks skip does not happen.
  ///
  /// @param early whether the day ends before its ordinary close
  public List<Session> on(LocalDate date, ZoneId zone, boolean early) {
    List<Session> sessions = new ArrayList<>(hours.size());
    int last = hours.size() - 1;
    for (int i = 0; i <= last; i++) {
      Instant open = instant(hours.get(i).opensOn(date), zone);
      Instant close = instant(hours.get(i).closesOn(date), zone);
      if (open.isBefore(close)) {
        sessions.add(new Session(date, open, close, early && i == last));
      }
    }
    return sessions;
  }

  /// A time that the clocks skip is the moment they are put forward, a time that they show twice
  /// its first occurrence: so what is ordered on the clock is ordered in time.
  private static Instant instant(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
  }

  /// E.g. `09:00-11:30, 12:30-15:30`.
  @Override
  public String toString() {
    return hours.stream().map(Hours::toString).collect(Collectors.joining(", "));
  }
}
