package dev.mdp.core.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.function.IntFunction;

/// The holidays of the New York Stock Exchange (its Rule 7.2), by rule. Stateless.
enum NyseHoliday {
  NEW_YEAR("New Year's Day", true, year -> LocalDate.of(year, Month.JANUARY, 1)),
  MARTIN_LUTHER_KING(
      "Martin Luther King, Jr. Day", false, year -> nth(3, DayOfWeek.MONDAY, year, Month.JANUARY)),
  WASHINGTON(
      "Washington's Birthday", false, year -> nth(3, DayOfWeek.MONDAY, year, Month.FEBRUARY)),
  GOOD_FRIDAY("Good Friday", false, year -> Easter.sunday(year).minusDays(2)),
  /// Its last Monday.
  MEMORIAL("Memorial Day", false, year -> nth(-1, DayOfWeek.MONDAY, year, Month.MAY)),
  JUNETEENTH(
      "Juneteenth National Independence Day", true, year -> LocalDate.of(year, Month.JUNE, 19)),
  INDEPENDENCE("Independence Day", true, year -> LocalDate.of(year, Month.JULY, 4)),
  LABOR("Labor Day", false, year -> nth(1, DayOfWeek.MONDAY, year, Month.SEPTEMBER)),
  THANKSGIVING("Thanksgiving Day", false, year -> nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER)),
  CHRISTMAS("Christmas Day", true, year -> LocalDate.of(year, Month.DECEMBER, 25));

  private static final int JUNETEENTH_SINCE = 2022;

  private final String title;
  private final boolean movesOffWeekends;
  private final IntFunction<LocalDate> rule;

  NyseHoliday(String title, boolean movesOffWeekends, IntFunction<LocalDate> rule) {
    this.title = title;
    this.movesOffWeekends = movesOffWeekends;
    this.rule = rule;
  }

  /// The name of the holiday that is kept on this date; empty on every other date.
  static Optional<String> on(LocalDate date) {
    for (NyseHoliday each : values()) {
      LocalDate itself = each.in(date.getYear());
      if (each.isKeptIn(date.getYear()) && date.equals(each.kept(itself))) {
        return Optional.of(date.equals(itself) ? each.title : each.title + " (observed)");
      }
    }
    return Optional.empty();
  }

  /// Its date in a year, wherever it is kept.
  LocalDate in(int year) {
    return rule.apply(year);
  }

  private boolean isKeptIn(int year) {
    return this != JUNETEENTH || year >= JUNETEENTH_SINCE;
  }

  /// Of a Sunday the Monday after, of a Saturday the Friday before. New Year's Day on a Saturday is
  /// not kept at all: the year's last trading day is never taken away.
  private LocalDate kept(LocalDate itself) {
    return switch (itself.getDayOfWeek()) {
      case SUNDAY -> movesOffWeekends ? itself.plusDays(1) : itself;
      case SATURDAY -> movesOffWeekends && this != NEW_YEAR ? itself.minusDays(1) : itself;
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> itself;
    };
  }

  /// @param ordinal -1 for the last
  private static LocalDate nth(int ordinal, DayOfWeek weekday, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday));
  }
}
