package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.calendar.DatedCalendar;
import dev.mdp.core.calendar.Schedule;
import dev.mdp.core.calendar.SpecialDay;
import dev.mdp.core.calendar.TradingCalendar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads the dates of a calendar that differ from its weeks: `holidays`, each with its name, and
/// `special_days`, each with its hours. Used once, by one thread.
final class SpecialDaysReader {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final int LONGEST_NAME = 100;

  private final Section holidays;
  private final Section specialDays;

  SpecialDaysReader(Section calendar) {
    this.holidays = calendar.section("holidays");
    this.specialDays = calendar.section("special_days");
  }

  /// The calendar with these dates; those that have a problem are as they are without.
  DatedCalendar over(TradingCalendar base) {
    Map<LocalDate, SpecialDay> days = read(base.schedule());
    DatedCalendar.clashes(base, days)
        .forEach((date, message) -> {
          specialDays.problem(date.toString(), message);
          days.remove(date);
        });
    return new DatedCalendar(base, days);
  }

  /// The dates that have no problem alone.
  ///
  /// @param ordinary the hours of which special ones may say the half
  Map<LocalDate, SpecialDay> read(Schedule ordinary) {
    Map<LocalDate, SpecialDay> days = closed();
    for (String key : specialDays.names()) {
      Section given = specialDays.section(key);
      Optional<LocalDate> date = date(specialDays, key);
      if (!specialDays.isMapping(key)) {
        specialDays.problem(key, "want hours, e.g. { close: 13:00, name: Christmas Eve }");
        continue;
      }
      String name = given.scalars().required("name", "", SpecialDaysReader::name, "Christmas Eve");
      Optional<Schedule> hours = new ScheduleReader(given).special(ordinary);
      if (date.isPresent() && hours.isPresent()) {
        SpecialDay day = new SpecialDay.OtherHours(name, hours.get());
        if (days.putIfAbsent(date.get(), day) != null) {
          specialDays.problem(key, "is one of holidays, too: a day is closed or has hours");
        }
      }
    }
    return days;
  }

  private Map<LocalDate, SpecialDay> closed() {
    Map<LocalDate, SpecialDay> closed = new TreeMap<>();
    for (String key : holidays.names()) {
      String name = holidays.scalars().required(key, "", SpecialDaysReader::name, "Christmas Day");
      date(holidays, key).ifPresent(date -> closed.put(date, new SpecialDay.Closed(name)));
    }
    return closed;
  }

  private static String name(String text) {
    if (text.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "at most " + LONGEST_NAME + " characters, were " + text.length());
    }
    return text;
  }

  private static Optional<LocalDate> date(Section section, String key) {
    try {
      if (DATE.matcher(key).matches()) {
        return Optional.of(LocalDate.parse(key));
      }
    } catch (DateTimeException _) {
      // such as the 30th of February
    }
    section.problem(key, "not a date: '" + key + "' (want one such as 2026-12-25)");
    return Optional.empty();
  }
}
