package dev.mdp.core.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

  @Test
  void aSessionWhoseCloseIsNotAfterItsOpenBeginsTheEveningBefore() {
    assertThat(sessions(MONDAY, ZoneOffset.UTC, "17:00-16:00"))
        .containsExactly("2026-05-31T17:00:00Z/2026-06-01T16:00:00Z");
    assertThat(sessions(MONDAY, ZoneOffset.UTC, "17:00-17:00"))
        .containsExactly("2026-05-31T17:00:00Z/2026-06-01T17:00:00Z");
  }

  @Test
  void aCloseAtMidnightIsTheEndOfTheDay() {
    assertThat(sessions(MONDAY, ZoneOffset.UTC, "00:00-00:00"))
        .containsExactly("2026-06-01T00:00:00Z/2026-06-02T00:00:00Z");
    assertThat(sessions(MONDAY, ZoneOffset.UTC, "18:00-00:00"))
        .containsExactly("2026-06-01T18:00:00Z/2026-06-02T00:00:00Z");
    assertThat(of("00:00-00:00")).hasToString("00:00-24:00");
  }

  @Test
  void aDayMayHaveSeveralSessionsTheFirstOfThemTheEveningBefore() {
    assertThat(sessions(MONDAY, ZoneOffset.UTC, "21:00-02:30", "09:00-11:30", "13:30-15:00"))
        .containsExactly(
            "2026-05-31T21:00:00Z/2026-06-01T02:30:00Z",
            "2026-06-01T09:00:00Z/2026-06-01T11:30:00Z",
            "2026-06-01T13:30:00Z/2026-06-01T15:00:00Z");
    assertThat(of("09:00-11:30", "12:30-15:30")).hasToString("09:00-11:30, 12:30-15:30");
  }

  @ParameterizedTest
  @CsvSource({
    "09:00-12:00 11:59-15:00, 11:59-15:00 does not come after 09:00-12:00",
    "12:00-15:00 09:00-11:00, 09:00-11:00 does not come after 12:00-15:00",
    "17:00-18:00 17:30-19:00, 17:30-19:00 does not come after 17:00-18:00",
    "22:00-06:00 09:00-22:30, 09:00-22:30 ends after 22:00-06:00 of the next day begins",
    "01:00-02:00 22:00-03:00, 22:00-03:00 does not come after 01:00-02:00"
  })
  void sessionsThatOverlapAreRefused(String hours, String message) {
    assertThatThrownBy(() -> of(hours.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new Schedule(List.of())).hasMessageContaining("at least one session");
  }

  @Test
  void sessionsMayTouchAlsoThoseOfTheNextDay() {
    assertThat(of("17:00-09:00", "09:00-17:00").hours()).hasSize(2);
  }

  @Test
  void anEndThatTheClocksSkipIsTheMomentTheyArePutForward() {
    LocalDate spring = LocalDate.of(2026, 3, 8);

    assertThat(sessions(spring, NEW_YORK, "01:00-02:30", "02:45-04:00"))
        .containsExactly(
            "2026-03-08T06:00:00Z/2026-03-08T07:00:00Z",
            "2026-03-08T07:00:00Z/2026-03-08T08:00:00Z");
  }

  @Test
  void aSessionInTheSkippedHourDoesNotHappen() {
    LocalDate spring = LocalDate.of(2026, 3, 8);

    assertThat(sessions(spring, NEW_YORK, "02:00-03:00")).isEmpty();
    assertThat(sessions(spring.plusDays(1), NEW_YORK, "02:00-03:00")).hasSize(1);
  }

  @Test
  void aTimeThatTheClocksShowTwiceIsItsFirst() {
    LocalDate autumn = LocalDate.of(2026, 11, 1);

    assertThat(sessions(autumn, NEW_YORK, "00:30-01:30", "01:30-02:00"))
        .containsExactly(
            "2026-11-01T04:30:00Z/2026-11-01T05:30:00Z",
            "2026-11-01T05:30:00Z/2026-11-01T07:00:00Z");
  }

  @Test
  void aMidnightThatIsSkippedEndsTheDay() {
    // on 2018-11-04 the day began at 01:00 there
    assertThat(sessions(LocalDate.of(2018, 11, 3), SAO_PAULO, "00:00-00:00"))
        .containsExactly("2018-11-03T03:00:00Z/2018-11-04T03:00:00Z");
    assertThat(sessions(LocalDate.of(2018, 11, 4), SAO_PAULO, "00:00-00:00"))
        .containsExactly("2018-11-04T03:00:00Z/2018-11-05T02:00:00Z");
  }

  @Test
  void aNightOfTradingIsAnHourShorterOrLongerWhenClocksChange() {
    assertThat(lengthInHours(LocalDate.of(2026, 3, 8))).isEqualTo(22);
    assertThat(lengthInHours(LocalDate.of(2026, 3, 9))).isEqualTo(23);
    assertThat(lengthInHours(LocalDate.of(2026, 11, 1))).isEqualTo(24);
  }

  @Test
  void onlyTheLastSessionOfAShortDayIsEarly() {
    assertThat(of("09:00-11:30", "12:30-14:00").on(MONDAY, ZoneOffset.UTC, true))
        .extracting(Session::early)
        .containsExactly(false, true);
    assertThat(of("09:00-11:30").endsBefore(of("09:00-11:30", "12:30-15:30"))).isTrue();
    assertThat(of("10:00-16:00").endsBefore(of("09:30-16:00"))).isFalse();
    assertThat(of("18:00-00:00").endsBefore(of("09:30-16:00"))).isFalse();
  }

  private static long lengthInHours(LocalDate date) {
    Session session = of("17:00-16:00").on(date, NEW_YORK, false).getFirst();
    return java.time.Duration.between(session.open(), session.close()).toHours();
  }

  private static List<String> sessions(LocalDate date, ZoneId zone, String... hours) {
    return of(hours).on(date, zone, false).stream()
        .map(session -> session.open() + "/" + session.close())
        .toList();
  }

  static Schedule of(String... hours) {
    return new Schedule(
        Arrays.stream(hours)
            .map(each -> each.split("-"))
            .map(pair -> new Hours(LocalTime.parse(pair[0]), LocalTime.parse(pair[1])))
            .toList());
  }

  @Test
  void aSessionIsHalfOpenAndNeverEmpty() {
    Instant open = Instant.parse("2026-06-01T09:00:00Z");
    Session session = new Session(MONDAY, open, open.plusSeconds(60), false);

    assertThat(session.contains(open)).isTrue();
    assertThat(session.contains(open.minusNanos(1))).isFalse();
    assertThat(session.contains(open.plusSeconds(60).minusNanos(1))).isTrue();
    assertThat(session.contains(open.plusSeconds(60))).isFalse();
    assertThatThrownBy(() -> new Session(MONDAY, open, open, false))
        .hasMessageContaining("a session must open before it closes");
  }
}
