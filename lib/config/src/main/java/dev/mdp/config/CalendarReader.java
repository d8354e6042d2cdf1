package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.calendar.Schedule;
import dev.mdp.core.calendar.SpecialDay;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.calendar.WeeklyCalendar;
import dev.mdp.core.error.Suggestions;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one calendar of a calendar file. Used once, by one thread.
final class CalendarReader {
  private static final List<DayOfWeek> MONDAY_TO_FRIDAY =
      List.copyOf(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
  private static final List<String> OF_THE_WEEK =
      List.of("zone", "weekdays", "open", "close", "sessions");

  private static final Schedule WHOLE_DAY = Schedule.of(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

  private final String name;
  private final Section section;

  CalendarReader(String name, Section section) {
    this.name = name;
    this.section = section;
  }

  /// A calendar that is built in, with the dates of this section.
  TradingCalendar change(TradingCalendar builtIn) {
    for (String key : OF_THE_WEEK) {
      section.retired(
          key,
          name
              + " is built in, and takes holidays and special_days only: give other hours another"
              + " name");
    }
    return new SpecialDaysReader(section).over(builtIn);
  }

  /// A calendar that this section defines; empty after a problem that leaves none.
  Optional<TradingCalendar> read() {
    Optional<ZoneId> zone =
        section.scalars().required("zone", Optional.empty(), CalendarReader::zone, "Asia/Tokyo");
    Set<DayOfWeek> weekdays = weekdays();
    Optional<Schedule> schedule = new ScheduleReader(section).ordinary();
    SpecialDaysReader special = new SpecialDaysReader(section);
    if (zone.isEmpty() || weekdays.isEmpty() || schedule.isEmpty()) {
      // for the problems alone
      Map<LocalDate, SpecialDay> _ = special.read(schedule.orElse(WHOLE_DAY));
      return Optional.empty();
    }
    return Optional.of(
        special.over(new WeeklyCalendar(name, zone.get(), weekdays, schedule.get())));
  }

  private Set<DayOfWeek> weekdays() {
    String key = "weekdays";
    List<DayOfWeek> given = section.lists().list(key, MONDAY_TO_FRIDAY, CalendarReader::weekday);
    EnumSet<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    weekdays.addAll(given);
    if (given.isEmpty()) {
      section.problem(key, "must name at least one day, e.g. [mon, tue, wed, thu, fri]");
    } else if (weekdays.size() < given.size()) {
      section.problem(key, "names a day twice");
    }
    return weekdays;
  }

  private static DayOfWeek weekday(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String word = day.name().toLowerCase(Locale.ROOT);
      String given = text.toLowerCase(Locale.ROOT);
      if (given.equals(word) || given.equals(word.substring(0, 3))) {
        return day;
      }
    }
    throw new IllegalArgumentException(
        "not a weekday: '" + text + "' (want mon, tue, wed, thu, fri, sat or sun)");
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "not a time zone: '%s' (want a name such as America/New_York, or UTC)%s"
              .formatted(text, Suggestions.phrase(text, ZoneId.getAvailableZoneIds())),
          e);
    }
  }
}
