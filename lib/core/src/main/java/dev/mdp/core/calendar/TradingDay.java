package dev.mdp.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// What a calendar says of one date. Immutable.
///
/// @param sessions in the order of time, none of which overlaps another; none when it is closed
/// @param name why it is closed or has other hours than usual, such as `Thanksgiving Day`; empty on
///   an ordinary day, which a weekend is, too
public record TradingDay(LocalDate date, List<Session> sessions, String name) {
  public TradingDay {
    sessions = List.copyOf(sessions);
  }

  /// A day without trading.
  public static TradingDay closed(LocalDate date, String name) {
    return new TradingDay(date, List.of(), name);
  }

  public boolean isClosed() {
    return sessions.isEmpty();
  }

  /// Whether it ends before the ordinary close.
  public boolean isEarly() {
    return !isClosed() && sessions.getLast().early();
  }

  /// When its first session opens. Throws `NoSuchElementException` when the day is closed.
  public Instant open() {
    return sessions.getFirst().open();
  }

  /// When its last session closes. Throws `NoSuchElementException` when the day is closed.
  public Instant close() {
    return sessions.getLast().close();
  }
}
