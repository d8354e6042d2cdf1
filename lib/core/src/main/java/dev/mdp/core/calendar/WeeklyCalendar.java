package dev.mdp.core.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/// A market that keeps the same hours on the same days of every week. Immutable.
///
/// @param weekdays the days with trading, by the date of their sessions
public record WeeklyCalendar(String name, ZoneId zone, Set<DayOfWeek> weekdays, Schedule schedule)
    implements TradingCalendar {
  public WeeklyCalendar {
    weekdays = Set.copyOf(weekdays);
    if (weekdays.isEmpty()) {
      throw new IllegalArgumentException("a week must have at least one day with trading");
    }
  }

  @Override
  public TradingDay day(LocalDate date) {
    return weekdays.contains(date.getDayOfWeek())
        ? new TradingDay(date, schedule.on(date, zone, false), "")
        : TradingDay.closed(date, "");
  }
}
