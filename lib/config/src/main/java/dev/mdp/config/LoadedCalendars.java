package dev.mdp.config;

import dev.mdp.core.calendar.Calendars;

/// The trading calendars, and where those come from that are not built in. Immutable.
///
/// @param source the calendar file's name as people know it, or `built in` when there is none
public record LoadedCalendars(Calendars calendars, String source) {
  static final String BUILT_IN = "built in";
}
