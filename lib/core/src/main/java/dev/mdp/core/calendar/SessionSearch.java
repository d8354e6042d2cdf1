package dev.mdp.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds sessions of a calendar by time, day after day: from today's, or from tomorrow's, which may
/// begin this evening. Stateless.
final class SessionSearch {
  /// Longer than any market was closed: without it, one that never opens would be searched for
  /// ever.
  private static final int MOST_DAYS = 1_000;

  private SessionSearch() {}

  static Optional<Session> at(TradingCalendar calendar, Instant at) {
    LocalDate today = date(calendar, at);
    for (LocalDate date : List.of(today, today.plusDays(1))) {
      for (Session session : calendar.day(date).sessions()) {
        if (session.contains(at)) {
          return Optional.of(session);
        }
      }
    }
    return Optional.empty();
  }

  static Optional<Session> next(TradingCalendar calendar, Instant at) {
    LocalDate first = date(calendar, at);
    for (int i = 0; i < MOST_DAYS; i++) {
      for (Session session : calendar.day(first.plusDays(i)).sessions()) {
        if (session.open().isAfter(at)) {
          return Optional.of(session);
        }
      }
    }
    return Optional.empty();
  }

  static Optional<Session> previous(TradingCalendar calendar, Instant at) {
    LocalDate last = date(calendar, at).plusDays(1);
    for (int i = 0; i < MOST_DAYS; i++) {
      for (Session session : calendar.day(last.minusDays(i)).sessions().reversed()) {
        if (!session.close().isAfter(at)) {
          return Optional.of(session);
        }
      }
    }
    return Optional.empty();
  }

  /// @param wanted asked of days with sessions only
  static Optional<TradingDay> newestDay(
      TradingCalendar calendar, Instant at, Predicate<TradingDay> wanted) {
    LocalDate last = date(calendar, at).plusDays(1);
    for (int i = 0; i < MOST_DAYS; i++) {
      TradingDay day = calendar.day(last.minusDays(i));
      if (!day.isClosed() && wanted.test(day)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private static LocalDate date(TradingCalendar calendar, Instant at) {
    return at.atZone(calendar.zone()).toLocalDate();
  }
}
