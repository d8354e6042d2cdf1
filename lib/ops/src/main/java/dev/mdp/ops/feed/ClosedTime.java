package dev.mdp.ops.feed;

import dev.mdp.core.calendar.Session;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.event.Micros;
import java.time.Instant;
import java.util.Optional;

/// When a market is closed: the seconds whose beginning is in none of its sessions.
final class ClosedTime {
  private ClosedTime() {}

  /// @param calendar without one the market is always open
  /// @param from the first second that matters
  /// @param to exclusive
  static PaintedTime<Boolean> of(Optional<TradingCalendar> calendar, long from, long to) {
    PaintedTime<Boolean> closed = new PaintedTime<>(calendar.isPresent());
    if (calendar.isEmpty()) {
      return closed;
    }
    Instant begin = Instant.ofEpochSecond(from);
    Optional<Session> session =
        calendar.get().sessionAt(begin).or(() -> calendar.get().next(begin));
    while (session.isPresent() && session.get().open().getEpochSecond() < to) {
      Session open = session.get();
      closed.paint(
          Seconds.from(Micros.of(open.open())), Seconds.from(Micros.of(open.close())), false);
      session = calendar.get().next(open.open());
    }
    return closed;
  }
}
