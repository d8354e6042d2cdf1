package dev.mdp.core.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Optional;

/// The New York Stock Exchange by its rules since 2000: 09:30 to 16:00 from Monday to Friday, its
/// holidays, and a close at 13:00 on the trading days before Independence Day and Christmas and
/// after Thanksgiving. What was decided for single dates is in [XnysDates]; delayed openings and
/// halts are in neither. Immutable.
final class Xnys implements TradingCalendar {
  static final Schedule SHORT = Schedule.of(LocalTime.of(9, 30), LocalTime.of(13, 0));

  private static final Schedule ORDINARY = Schedule.of(LocalTime.of(9, 30), LocalTime.of(16, 0));
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final MonthDay JULY_3 = MonthDay.of(7, 3);
  private static final MonthDay CHRISTMAS_EVE = MonthDay.of(12, 24);

  @Override
  public String name() {
    return "XNYS";
  }

  @Override
  public ZoneId zone() {
    return NEW_YORK;
  }

  @Override
  public Schedule schedule() {
    return ORDINARY;
  }

  @Override
  public LocalDate since() {
    return LocalDate.of(2000, 1, 1);
  }

  @Override
  public TradingDay day(LocalDate date) {
    boolean weekend =
        date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    Optional<String> holiday = weekend ? Optional.empty() : NyseHoliday.on(date);
    if (weekend || holiday.isPresent()) {
      return TradingDay.closed(date, holiday.orElse(""));
    }
    return whyEarly(date)
        .map(name -> new TradingDay(date, SHORT.on(date, NEW_YORK, true), name))
        .orElseGet(() -> new TradingDay(date, ORDINARY.on(date, NEW_YORK, false), ""));
  }

  /// @param date a trading day: 3 July and 24 December are closed where the holiday is kept then
  private static Optional<String> whyEarly(LocalDate date) {
    MonthDay day = MonthDay.from(date);
    if (day.equals(JULY_3)) {
      return Optional.of("day before Independence Day");
    }
    if (day.equals(CHRISTMAS_EVE)) {
      return Optional.of("Christmas Eve");
    }
    return date.equals(NyseHoliday.THANKSGIVING.in(date.getYear()).plusDays(1))
        ? Optional.of("day after Thanksgiving Day")
        : Optional.empty();
  }
}
