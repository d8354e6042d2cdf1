package dev.mdp.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// The trading days of a market. Implementations are immutable, and a date has the same sessions
/// whenever it is asked for. No two sessions overlap, and those of a later date come later.
public interface TradingCalendar {
  /// As operators know it, such as `XNYS`.
  String name();

  /// Of its clocks and dates.
  ZoneId zone();

  /// The hours of an ordinary day.
  Schedule schedule();

  /// Its sessions on a date.
  TradingDay day(LocalDate date);

  /// The first date of which it is right; dates before follow the same rules, although the market
  /// did not.
  default LocalDate since() {
    return LocalDate.MIN;
  }

  /// The session in which there is trading at this moment.
  default Optional<Session> sessionAt(Instant at) {
    return SessionSearch.at(this, at);
  }

  /// The last session that ended before this moment, or just then. Empty when there is none in the
  /// thousand days before.
  default Optional<Session> previous(Instant at) {
    return SessionSearch.previous(this, at);
  }

  /// The first session that begins after this moment. Empty when there is none in the thousand days
  /// after.
  default Optional<Session> next(Instant at) {
    return SessionSearch.next(this, at);
  }

  /// The day whose trading began last: the one that runs, or the one before. Empty as above.
  default Optional<TradingDay> newestBegun(Instant at) {
    return SessionSearch.newestDay(this, at, day -> !day.open().isAfter(at));
  }

  /// The day whose trading ended last. Empty as above.
  default Optional<TradingDay> newestEnded(Instant at) {
    return SessionSearch.newestDay(this, at, day -> !day.close().isAfter(at));
  }
}
