package dev.mdp.core.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TradingCalendarTest {
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private static final TradingCalendar XNYS = Calendars.builtIn().find("XNYS").orElseThrow();
  private static final TradingCalendar CRYPTO = Calendars.builtIn().find("CRYPTO").orElseThrow();
  private static final TradingCalendar LUNCH =
      new WeeklyCalendar("XTKS", TOKYO, WEEKDAYS, ScheduleTest.of("09:00-11:30", "12:30-15:30"));
  private static final TradingCalendar FUTURES =
      new DatedCalendar(
          new WeeklyCalendar("ES", CHICAGO, WEEKDAYS, ScheduleTest.of("17:00-16:00")),
          Map.of(LocalDate.of(2026, 12, 25), new SpecialDay.Closed("Christmas Day")));

  static List<TradingCalendar> calendars() {
    return List.of(XNYS, CRYPTO, LUNCH, FUTURES);
  }

  @Test
  void cryptoHasTheDaysOfUtcAndNeverCloses() {
    TradingDay day = CRYPTO.day(LocalDate.of(2026, 2, 28));

    assertThat(day.open()).isEqualTo("2026-02-28T00:00:00Z");
    assertThat(day.close()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(CRYPTO.sessionAt(day.close()).map(Session::date)).contains(LocalDate.of(2026, 3, 1));
    assertThat(Calendars.builtIn().names())
        .isEqualTo(Calendars.BUILT_IN)
        .contains(Calendars.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T20:59:59.999999999Z, 2026-11-25",
    "2026-11-25T21:00:00Z,",
    "2026-11-26T15:00:00Z,",
    "2026-11-27T14:29:59Z,",
    "2026-11-27T14:30:00Z, 2026-11-27",
    "2026-11-27T17:59:59Z, 2026-11-27",
    "2026-11-27T18:00:00Z,",
    "2026-11-28T15:00:00Z,"
  })
  void aMomentIsInTheSessionThatRunsThen(Instant at, LocalDate date) {
    assertThat(XNYS.sessionAt(at).map(Session::date)).isEqualTo(Optional.ofNullable(date));
  }

  @Test
  void theLunchOfTokyoIsClosedAndItsDayGoesOnUntilTheAfternoon() {
    Instant lunch = Instant.parse("2026-06-01T03:00:00Z");
    LocalDate monday = LocalDate.of(2026, 6, 1);

    assertThat(LUNCH.sessionAt(lunch)).isEmpty();
    assertThat(LUNCH.previous(lunch).orElseThrow().close()).isEqualTo("2026-06-01T02:30:00Z");
    assertThat(LUNCH.next(lunch).orElseThrow().open()).isEqualTo("2026-06-01T03:30:00Z");
    assertThat(LUNCH.newestBegun(lunch).map(TradingDay::date)).contains(monday);
    assertThat(LUNCH.newestEnded(lunch).map(TradingDay::date)).contains(monday.minusDays(3));
  }

  @Test
  void anEveningOfFuturesBelongsToTheNextTradingDay() {
    Instant sunday = Instant.parse("2026-06-07T23:30:00Z");
    Instant pause = Instant.parse("2026-06-08T21:30:00Z");

    assertThat(FUTURES.sessionAt(sunday).map(Session::date)).contains(LocalDate.of(2026, 6, 8));
    assertThat(FUTURES.newestBegun(sunday).map(TradingDay::date))
        .contains(LocalDate.of(2026, 6, 8));
    assertThat(FUTURES.sessionAt(pause)).isEmpty();
    assertThat(FUTURES.newestBegun(pause).map(TradingDay::date)).contains(LocalDate.of(2026, 6, 8));
    assertThat(FUTURES.next(pause).map(Session::date)).contains(LocalDate.of(2026, 6, 9));
    assertThat(FUTURES.next(Instant.parse("2026-12-24T23:00:00Z")).map(Session::date))
        .contains(LocalDate.of(2026, 12, 28));
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void sessionsOfTwentyYearsAreInOrderAndNeverOverlap(TradingCalendar calendar) {
    Instant last = Instant.MIN;
    long seen = 0;
    for (LocalDate date = LocalDate.of(2015, 1, 1);
        date.getYear() < 2035;
        date = date.plusDays(1)) {
      TradingDay day = calendar.day(date);
      assertThat(day.date()).isEqualTo(date);
      for (Session session : day.sessions()) {
        assertThat(session.date()).isEqualTo(date);
        assertThat(session.open()).as("%s", session).isAfterOrEqualTo(last);
        last = session.close();
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(20 * 249);
  }

  @ParameterizedTest
  @MethodSource("calendars")
  void aWalkForwardMeetsTheSessionsOfAWalkBack(TradingCalendar calendar) {
    Instant from = Instant.parse("2026-01-01T12:00:00Z");
    Instant until = Instant.parse("2027-01-01T12:00:00Z");
    Session session = calendar.next(from).orElseThrow();
    while (session.open().isBefore(until)) {
      Session next = calendar.next(session.open()).orElseThrow();
      assertThat(next.open()).isAfterOrEqualTo(session.close());
      assertThat(calendar.previous(next.open())).contains(session);
      assertThat(calendar.previous(next.close().minusNanos(1))).contains(session);
      assertThat(calendar.sessionAt(session.open())).contains(session);
      assertThat(calendar.sessionAt(session.close().minusNanos(1))).contains(session);
      if (next.open().isAfter(session.close())) {
        assertThat(calendar.sessionAt(session.close())).isEmpty();
        assertThat(calendar.sessionAt(next.open().minusNanos(1))).isEmpty();
      }
      session = next;
    }
  }

  @Test
  void aCalendarWithoutSessionsIsNotSearchedForEver() {
    LocalDate first = LocalDate.of(2024, 1, 1);
    Map<LocalDate, SpecialDay> never =
        IntStream.range(0, 2_500)
            .mapToObj(first::plusDays)
            .collect(
                java.util.stream.Collectors.toMap(date -> date, _ -> new SpecialDay.Closed("x")));
    TradingCalendar closed = new DatedCalendar(XNYS, never);
    Instant middle = Instant.parse("2027-06-01T00:00:00Z");

    for (BiFunction<TradingCalendar, Instant, Optional<?>> search :
        List.<BiFunction<TradingCalendar, Instant, Optional<?>>>of(
            TradingCalendar::next,
            TradingCalendar::previous,
            TradingCalendar::sessionAt,
            TradingCalendar::newestBegun,
            TradingCalendar::newestEnded)) {
      assertThat(search.apply(closed, middle)).isEmpty();
      assertThat(search.apply(CRYPTO, middle)).isPresent();
    }
  }

  @Test
  void aDateMayHaveOtherHoursAndIsEarlyOnlyWhereItWouldEndLater() {
    LocalDate monday = LocalDate.of(2026, 6, 1);
    LocalDate saturday = LocalDate.of(2026, 6, 6);
    TradingCalendar dated =
        new DatedCalendar(
            LUNCH,
            Map.of(
                monday,
                new SpecialDay.OtherHours("half day", ScheduleTest.of("09:00-11:30")),
                monday.plusDays(1),
                new SpecialDay.OtherHours("late", ScheduleTest.of("13:00-15:30")),
                monday.plusDays(2),
                new SpecialDay.Closed("typhoon"),
                saturday,
                new SpecialDay.OtherHours("test", ScheduleTest.of("10:00-11:00"))));

    assertThat(dated.day(monday).isEarly()).isTrue();
    assertThat(dated.day(monday).name()).isEqualTo("half day");
    assertThat(dated.day(monday.plusDays(1)).isEarly()).isFalse();
    assertThat(dated.day(monday.plusDays(2)))
        .isEqualTo(TradingDay.closed(monday.plusDays(2), "typhoon"));
    assertThat(dated.day(saturday).isClosed()).isFalse();
    assertThat(dated.day(saturday).isEarly()).isFalse();
    assertThat(dated.day(monday.plusDays(3))).isEqualTo(LUNCH.day(monday.plusDays(3)));
    assertThat(dated.name()).isEqualTo("XTKS");
  }

  @Test
  void hoursThatRunIntoTheDaysBesideThemAreRefused() {
    LocalDate tuesday = LocalDate.of(2026, 6, 2);
    Map<LocalDate, SpecialDay> late =
        Map.of(tuesday, new SpecialDay.OtherHours("long", ScheduleTest.of("17:00-16:30")));
    Map<LocalDate, SpecialDay> both =
        Map.of(
            tuesday,
            new SpecialDay.OtherHours("long", ScheduleTest.of("18:00-17:30")),
            tuesday.plusDays(1),
            new SpecialDay.OtherHours("long", ScheduleTest.of("17:15-16:00")));
    Map<LocalDate, SpecialDay> before =
        Map.of(tuesday, new SpecialDay.OtherHours("long", ScheduleTest.of("15:00-14:00")));

    assertThat(DatedCalendar.clashes(FUTURES, late)).isEmpty();
    assertThat(DatedCalendar.clashes(FUTURES, both))
        .containsExactly(
            Map.entry(tuesday, "ends on 2026-06-02 after 2026-06-03 begins"),
            Map.entry(tuesday.plusDays(1), "begins on 2026-06-03 before 2026-06-02 ends"));
    assertThat(DatedCalendar.clashes(FUTURES, before))
        .containsEntry(tuesday, "begins on 2026-06-02 before 2026-06-01 ends");
    assertThatThrownBy(() -> new DatedCalendar(FUTURES, before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ES: ");
  }

  @Test
  void aCalendarOfTheSameNameTakesTheOldOnesPlace() {
    TradingCalendar mine =
        new WeeklyCalendar("XNYS", TOKYO, WEEKDAYS, ScheduleTest.of("09:00-10:00"));

    Calendars calendars = Calendars.builtIn().with(List.of(LUNCH, mine));

    assertThat(calendars.names()).containsExactly("CRYPTO", "XNYS", "XTKS");
    assertThat(calendars.find("XNYS")).containsSame(mine);
    assertThat(calendars.find("xnys")).isEmpty();
    assertThat(Calendars.builtIn().find("XTKS")).isEmpty();
    assertThatThrownBy(() -> new WeeklyCalendar("X", TOKYO, Set.of(), mine.schedule()))
        .hasMessageContaining("at least one day");
  }
}
