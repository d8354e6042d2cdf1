package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.calendar.Hours;
import dev.mdp.core.calendar.Schedule;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the hours of a day: `open` and `close`, or a list of `sessions` with both in each. Used
/// once, by one thread.
final class ScheduleReader {
  private static final String OPEN = "open";
  private static final String CLOSE = "close";
  private static final String SESSIONS = "sessions";
  private static final int MOST_SESSIONS = 10;

  private final Section section;

  ScheduleReader(Section section) {
    this.section = section;
  }

  /// The hours of every day; empty after a problem.
  Optional<Schedule> ordinary() {
    if (section.isGiven(SESSIONS)) {
      return several();
    }
    return inOrder(
        List.of(section), one(section.times().timeOfDay(OPEN, "09:30"), closing(section)));
  }

  /// The hours of a single date, which may say of one session only what differs; empty after a
  /// problem.
  Optional<Schedule> special(Schedule ordinary) {
    if (section.isGiven(SESSIONS)) {
      return several();
    }
    Optional<LocalTime> open = section.times().optionalTimeOfDay(OPEN);
    Optional<LocalTime> close = section.times().optionalTimeOfDay(CLOSE);
    boolean both = section.isGiven(OPEN) && section.isGiven(CLOSE);
    if (!section.isGiven(OPEN) && !section.isGiven(CLOSE)) {
      section.problem(
          OPEN, "is missing: give open, close or sessions, or name the day in holidays");
      return Optional.empty();
    }
    if (ordinary.hours().size() > 1 && !both) {
      String given = section.isGiven(OPEN) ? OPEN : CLOSE;
      section.problem(given, "an ordinary day has several sessions: give the day's sessions");
      return Optional.empty();
    }
    Hours usual = ordinary.hours().getFirst();
    return inOrder(
        List.of(section),
        one(
            section.isGiven(OPEN) ? open : Optional.of(usual.open()),
            section.isGiven(CLOSE) ? close : Optional.of(usual.close())));
  }

  private Optional<Schedule> several() {
    for (String key : List.of(OPEN, CLOSE)) {
      section.retired(key, "sessions has the hours of the day");
    }
    List<Section> given = section.list(SESSIONS);
    if (given.isEmpty() || given.size() > MOST_SESSIONS) {
      section.problem(
          SESSIONS,
          "want from 1 to %d of {open, close}, were %d".formatted(MOST_SESSIONS, given.size()));
      return Optional.empty();
    }
    List<Hours> hours = new ArrayList<>();
    for (Section each : given) {
      hours.addAll(one(each.times().timeOfDay(OPEN, "09:00"), closing(each)));
    }
    return inOrder(given, hours);
  }

  private static Optional<LocalTime> closing(Section section) {
    return section.times().timeOfDay(CLOSE, "15:30");
  }

  private static List<Hours> one(Optional<LocalTime> open, Optional<LocalTime> close) {
    return open.isPresent() && close.isPresent()
        ? List.of(new Hours(open.get(), close.get()))
        : List.of();
  }

  /// @param places where each of the hours is; fewer hours than places say that some are wrong
  private static Optional<Schedule> inOrder(List<Section> places, List<Hours> hours) {
    if (hours.size() < places.size()) {
      return Optional.empty();
    }
    for (int i = 1; i < hours.size(); i++) {
      if (!hours.get(i - 1).isBefore(hours.get(i))) {
        places.get(i).problem(OPEN, hours.get(i) + " begins before " + hours.get(i - 1) + " ends");
        return Optional.empty();
      }
    }
    if (!hours.getLast().isBeforeNextDays(hours.getFirst())) {
      places
          .getLast()
          .problem(
              CLOSE,
              hours.getLast() + " ends after " + hours.getFirst() + " of the next day begins");
      return Optional.empty();
    }
    return Optional.of(new Schedule(hours));
  }
}
