package dev.mdp.testkit.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.calendar.DatedCalendar;
import dev.mdp.core.calendar.Hours;
import dev.mdp.core.calendar.Schedule;
import dev.mdp.core.calendar.Session;
import dev.mdp.core.calendar.SpecialDay;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.calendar.TradingDay;
import dev.mdp.core.calendar.WeeklyCalendar;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Any calendar that can be made, in zones whose clocks change at night, at midnight and by half an
/// hour, over days on which they do: looked at moment by moment against the list of its sessions.
final class TradingCalendarPropertyTest {
  private static final int DAYS = 40;
  private static final int MINUTES_A_DAY = 24 * 60;

  /// Zones, each with a day on which its clocks change.
  private static final Map<String, LocalDate> ZONES =
      Map.of(
          "UTC", LocalDate.of(2026, 1, 1),
          "America/New_York", LocalDate.of(2026, 3, 8),
          "America/Chicago", LocalDate.of(2026, 11, 1),
          "America/Sao_Paulo", LocalDate.of(2018, 11, 4),
          "Atlantic/Azores", LocalDate.of(2026, 10, 25),
          "Australia/Lord_Howe", LocalDate.of(2026, 4, 5),
          "America/Havana", LocalDate.of(2026, 11, 1),
          "Pacific/Apia", LocalDate.of(2011, 12, 30));

  @Test
  void everyMomentIsInAtMostOneSessionAndSearchesAgree() {
    Property.check(600, TradingCalendarPropertyTest::searchesAgree);
  }

  private static void searchesAgree(Choices choices) {
    String zone = choices.show("zone", choices.oneOf(ZONES.keySet().stream().sorted().toList()));
    LocalDate first = ZONES.get(zone).minusDays(DAYS / 2);
    TradingCalendar calendar = choices.show("calendar", calendar(choices, ZoneId.of(zone), first));
    List<Session> sessions = new ArrayList<>();
    for (int i = -5; i < DAYS + 5; i++) {
      LocalDate date = first.plusDays(i);
      for (Session session : calendar.day(date).sessions()) {
        assertThat(session.date()).isEqualTo(date);
        if (!sessions.isEmpty()) {
          assertThat(session.open()).isAfterOrEqualTo(sessions.getLast().close());
        }
        sessions.add(session);
      }
    }
    Instant begin = first.atStartOfDay(ZoneId.of(zone)).toInstant();
    List<Instant> moments = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      moments.add(begin.plusSeconds(choices.nextInt(DAYS * MINUTES_A_DAY) * 60L));
    }
    for (Session session : sessions) {
      moments.addAll(List.of(session.open(), session.close(), session.open().minusNanos(1)));
    }
    Instant end = begin.plusSeconds((DAYS - 1) * MINUTES_A_DAY * 60L);
    for (Instant at : moments) {
      if (!at.isBefore(begin) && at.isBefore(end)) {
        requireSearches(calendar, sessions, choices.show("at", at));
      }
    }
  }

  private static void requireSearches(
      TradingCalendar calendar, List<Session> sessions, Instant at) {
    assertThat(sessions.stream().filter(session -> session.contains(at)).toList())
        .hasSizeLessThanOrEqualTo(1)
        .isEqualTo(calendar.sessionAt(at).stream().toList());
    sessions.stream()
        .filter(session -> session.open().isAfter(at))
        .findFirst()
        .ifPresent(next -> assertThat(calendar.next(at)).contains(next));
    newest(sessions, session -> !session.close().isAfter(at))
        .ifPresent(last -> assertThat(calendar.previous(at)).contains(last));
    newest(sessions, session -> !session.open().isAfter(at))
        .ifPresent(last ->
            assertThat(calendar.newestBegun(at).map(TradingDay::date)).contains(last.date()));
    newest(sessions, session -> !calendar.day(session.date()).close().isAfter(at))
        .ifPresent(last ->
            assertThat(calendar.newestEnded(at).map(TradingDay::date)).contains(last.date()));
  }

  private static Optional<Session> newest(List<Session> sessions, Predicate<Session> wanted) {
    return sessions.reversed().stream().filter(wanted).findFirst();
  }

  private static TradingCalendar calendar(Choices choices, ZoneId zone, LocalDate first) {
    Set<DayOfWeek> weekdays = EnumSet.of(DayOfWeek.MONDAY);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (!choices.onceIn(4)) {
        weekdays.add(day);
      }
    }
    TradingCalendar week = new WeeklyCalendar("C", zone, weekdays, schedule(choices));
    Map<LocalDate, SpecialDay> special = new HashMap<>();
    for (int i = choices.nextInt(6); i > 0; i--) {
      SpecialDay day =
          choices.nextBoolean()
              ? new SpecialDay.Closed("closed")
              : new SpecialDay.OtherHours("other", schedule(choices));
      special.put(first.plusDays(choices.nextInt(DAYS)), day);
    }
    // without one of two days that run into each other, its ordinary hours may run into the other
    while (!DatedCalendar.clashes(week, special).isEmpty()) {
      DatedCalendar.clashes(week, special).keySet().forEach(special::remove);
    }
    return new DatedCalendar(week, special);
  }

  /// Up to three sessions between two ends of a day that begins anywhere.
  private static Schedule schedule(Choices choices) {
    for (int i = 0; i < 50; i++) {
      List<Hours> hours = new ArrayList<>();
      for (int n = 1 + choices.nextInt(3); n > 0; n--) {
        hours.add(new Hours(time(choices), time(choices)));
      }
      try {
        return new Schedule(hours);
      } catch (IllegalArgumentException _) {
        // they overlap: others
      }
    }
    return Schedule.of(LocalTime.of(9, 30), LocalTime.of(16, 0));
  }

  private static LocalTime time(Choices choices) {
    return LocalTime.MIDNIGHT.plusMinutes(15L * choices.nextInt(96));
  }
}
