package dev.mdp.core.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XnysTest {
  /// As the exchange published them, the day of mourning in January 2025 included.
  private static final String HOLIDAYS =
      """
      2024-01-01 New Year's Day
      2024-01-15 Martin Luther King, Jr. Day
      2024-02-19 Washington's Birthday
      2024-03-29 Good Friday
      2024-05-27 Memorial Day
      2024-06-19 Juneteenth National Independence Day
      2024-07-04 Independence Day
      2024-09-02 Labor Day
      2024-11-28 Thanksgiving Day
      2024-12-25 Christmas Day
      2025-01-01 New Year's Day
      2025-01-09 National Day of Mourning for Jimmy Carter
      2025-01-20 Martin Luther King, Jr. Day
      2025-02-17 Washington's Birthday
      2025-04-18 Good Friday
      2025-05-26 Memorial Day
      2025-06-19 Juneteenth National Independence Day
      2025-07-04 Independence Day
      2025-09-01 Labor Day
      2025-11-27 Thanksgiving Day
      2025-12-25 Christmas Day
      2026-01-01 New Year's Day
      2026-01-19 Martin Luther King, Jr. Day
      2026-02-16 Washington's Birthday
      2026-04-03 Good Friday
      2026-05-25 Memorial Day
      2026-06-19 Juneteenth National Independence Day
      2026-07-03 Independence Day (observed)
      2026-09-07 Labor Day
      2026-11-26 Thanksgiving Day
      2026-12-25 Christmas Day
      2027-01-01 New Year's Day
      2027-01-18 Martin Luther King, Jr. Day
      2027-02-15 Washington's Birthday
      2027-03-26 Good Friday
      2027-05-31 Memorial Day
      2027-06-18 Juneteenth National Independence Day (observed)
      2027-07-05 Independence Day (observed)
      2027-09-06 Labor Day
      2027-11-25 Thanksgiving Day
      2027-12-24 Christmas Day (observed)
      """;

  private static final String EARLY =
      """
      2024-07-03 day before Independence Day
      2024-11-29 day after Thanksgiving Day
      2024-12-24 Christmas Eve
      2025-07-03 day before Independence Day
      2025-11-28 day after Thanksgiving Day
      2025-12-24 Christmas Eve
      2026-11-27 day after Thanksgiving Day
      2026-12-24 Christmas Eve
      2027-11-26 day after Thanksgiving Day
      """;

  private final TradingCalendar calendar = Calendars.builtIn().find("XNYS").orElseThrow();

  @Test
  void theHolidaysOf2024To2027AreThePublishedOnes() {
    Map<LocalDate, String> closed = new LinkedHashMap<>();
    days(2024, 2027)
        .filter(day -> day.isClosed() && !isWeekend(day.date()))
        .forEach(day -> closed.put(day.date(), day.name()));

    assertThat(closed).hasSize(41).isEqualTo(dated(HOLIDAYS));
  }

  @Test
  void theEarlyClosesOf2024To2027AreThePublishedOnes() {
    Map<LocalDate, String> early = new LinkedHashMap<>();
    days(2024, 2027).filter(TradingDay::isEarly).forEach(day -> early.put(day.date(), day.name()));

    assertThat(early).hasSize(9).isEqualTo(dated(EARLY));
  }

  @Test
  void everyOtherWeekdayIsAnOrdinaryDayAndWeekendsAreClosed() {
    Map<LocalDate, String> special = dated(HOLIDAYS + EARLY);

    days(2024, 2027)
        .filter(day -> !special.containsKey(day.date()))
        .forEach(day -> {
          assertThat(day.name()).as("%s", day.date()).isEmpty();
          assertThat(day.isEarly()).as("%s", day.date()).isFalse();
          assertThat(day.isClosed()).as("%s", day.date()).isEqualTo(isWeekend(day.date()));
          day.sessions()
              .forEach(session -> {
                assertThat(session.open().atZone(calendar.zone()).toLocalDateTime())
                    .isEqualTo(day.date().atTime(9, 30));
                assertThat(session.close().atZone(calendar.zone()).toLocalDateTime())
                    .isEqualTo(day.date().atTime(16, 0));
              });
        });
  }

  /// The numbers of trading days that the years are known for.
  @ParameterizedTest
  @CsvSource({
    "2000, 252", "2001, 248", "2002, 252", "2003, 252", "2004, 252", "2005, 252", "2006, 251",
    "2007, 251", "2008, 253", "2009, 252", "2010, 252", "2011, 252", "2012, 250", "2013, 252",
    "2014, 252", "2015, 252", "2016, 252", "2017, 251", "2018, 251", "2019, 252", "2020, 253",
    "2021, 252", "2022, 251", "2023, 250", "2024, 252", "2025, 250", "2026, 251", "2027, 251"
  })
  void aYearHasItsNumberOfTradingDays(int year, long count) {
    assertThat(days(year, year).filter(day -> !day.isClosed())).hasSize(Math.toIntExact(count));
  }

  @ParameterizedTest
  @CsvSource({
    // the Sundays and Mondays on which clocks change, and the trading days around them
    "2026-03-06, 2026-03-06T14:30:00Z, 2026-03-06T21:00:00Z",
    "2026-03-09, 2026-03-09T13:30:00Z, 2026-03-09T20:00:00Z",
    "2026-10-30, 2026-10-30T13:30:00Z, 2026-10-30T20:00:00Z",
    "2026-11-02, 2026-11-02T14:30:00Z, 2026-11-02T21:00:00Z",
    "2025-03-07, 2025-03-07T14:30:00Z, 2025-03-07T21:00:00Z",
    "2025-03-10, 2025-03-10T13:30:00Z, 2025-03-10T20:00:00Z",
    // and short days in winter and in summer
    "2025-07-03, 2025-07-03T13:30:00Z, 2025-07-03T17:00:00Z",
    "2025-11-28, 2025-11-28T14:30:00Z, 2025-11-28T18:00:00Z"
  })
  void aSessionIsAtTheSameTimeOnTheExchangesClocks(LocalDate date, Instant open, Instant close) {
    TradingDay day = calendar.day(date);

    assertThat(day.sessions()).hasSize(1);
    assertThat(day.open()).isEqualTo(open);
    assertThat(day.close()).isEqualTo(close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // New Year's Day on a Saturday takes no Friday away
        "2004-12-31",
        "2010-12-31",
        "2021-12-31",
        "2027-12-31",
        "2032-12-31",
        // not kept before 2022
        "2021-06-18",
        "2020-06-19",
        "2019-06-19",
        // neither Monday nor Friday is a holiday beside a Saturday that is not one
        "2028-01-03",
        "2025-12-26",
        "2014-12-26"
      })
  void noHolidayIsKeptWhereTheRulesHaveNone(LocalDate date) {
    TradingDay day = calendar.day(date);

    assertThat(day.isClosed()).isFalse();
    assertThat(day.isEarly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2022-06-20, Juneteenth National Independence Day (observed)",
    "2023-01-02, New Year's Day (observed)",
    "2012-01-02, New Year's Day (observed)",
    "2022-12-26, Christmas Day (observed)",
    "2010-12-24, Christmas Day (observed)",
    "2021-07-05, Independence Day (observed)",
    "2020-07-03, Independence Day (observed)",
    "2001-09-11, attacks of September 11",
    "2001-09-14, attacks of September 11",
    "2004-06-11, National Day of Mourning for Ronald Reagan",
    "2007-01-02, National Day of Mourning for Gerald Ford",
    "2012-10-29, Hurricane Sandy",
    "2012-10-30, Hurricane Sandy",
    "2018-12-05, National Day of Mourning for George H. W. Bush"
  })
  void aHolidayOnAWeekendMovesAndSomeDaysWereDecidedAlone(LocalDate date, String name) {
    assertThat(calendar.day(date)).isEqualTo(TradingDay.closed(date, name));
  }

  @Test
  void before2013IndependenceDayWasShortenedByOtherRules() {
    assertThat(calendar.day(LocalDate.of(2002, 7, 3)).isEarly()).isFalse();
    assertThat(calendar.day(LocalDate.of(2002, 7, 5)).isEarly()).isTrue();
    assertThat(calendar.day(LocalDate.of(2003, 12, 26)).isEarly()).isTrue();
    assertThat(calendar.day(LocalDate.of(2013, 7, 3)).isEarly()).isTrue();
    assertThat(calendar.day(LocalDate.of(2013, 7, 5)).isEarly()).isFalse();
    assertThat(calendar.since()).isEqualTo("2000-01-01");
  }

  private Stream<TradingDay> days(int first, int last) {
    return LocalDate.of(first, 1, 1).datesUntil(LocalDate.of(last + 1, 1, 1)).map(calendar::day);
  }

  private static boolean isWeekend(LocalDate date) {
    return List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek());
  }

  private static Map<LocalDate, String> dated(String lines) {
    Map<LocalDate, String> dated = new LinkedHashMap<>();
    lines
        .lines()
        .forEach(line -> dated.put(LocalDate.parse(line.substring(0, 10)), line.substring(11)));
    return dated;
  }
}
