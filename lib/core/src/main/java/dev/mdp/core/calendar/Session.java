package dev.mdp.core.calendar;

import java.time.Instant;
import java.time.LocalDate;

/// One uninterrupted time of trading, half-open: `open` belongs to it, `close` does not. Immutable.
///
/// @param date the trading day that it belongs to, which is not always the date of its open: one
///   that begins in the evening belongs to the day on which it ends
/// @param early whether its day ends before the ordinary close; of several sessions a day only the
///   last can be
public record Session(LocalDate date, Instant open, Instant close, boolean early) {
  public Session {
    if (!open.isBefore(close)) {
      throw new IllegalArgumentException(
          "a session must open before it closes, was " + open + " and " + close);
    }
  }

  /// Whether there is trading at this moment.
  public boolean contains(Instant at) {
    return !at.isBefore(open) && at.isBefore(close);
  }
}
