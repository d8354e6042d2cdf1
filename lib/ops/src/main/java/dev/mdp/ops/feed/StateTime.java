package dev.mdp.ops.feed;

import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.core.feed.FeedInterval;
import java.util.List;

/// What the feed says of the seconds of which the ids say nothing. A second is in the state in
/// which it began.
final class StateTime {
  private StateTime() {}

  /// Before the first state no one wanted the series, unless it was noted before; between two
  /// states, and after the last one, there was no process.
  ///
  /// @param states by their beginning
  /// @param quietFrom from this second on a live series may be quiet: what shows it comes later
  static PaintedTime<TimeWord> of(AuditedSeries series, List<FeedInterval> states, long quietFrom) {
    PaintedTime<TimeWord> time = new PaintedTime<>(TimeWord.UNSUBSCRIBED);
    if (series.begunMicros() != Long.MAX_VALUE) {
      time.paint(Seconds.of(series.begunMicros()), Long.MAX_VALUE, TimeWord.UNPROVED);
    }
    if (!states.isEmpty()) {
      long first = Seconds.from(states.getFirst().fromMicros());
      time.paint(first, Long.MAX_VALUE, TimeWord.DOWN);
    }
    for (FeedInterval each : states) {
      long from = Seconds.from(each.fromMicros());
      long to = Seconds.from(each.toMicros());
      time.paint(from, to, word(each.state()));
      if (each.state() == FeedInterval.State.LIVE && series.isNewest() && series.isProvable()) {
        time.paint(Math.max(from, quietFrom), to, TimeWord.PENDING);
      }
    }
    if (series.isOwned()) {
      long noted = states.isEmpty() ? Long.MIN_VALUE : states.getLast().toMicros();
      time.paint(Seconds.from(noted), Long.MAX_VALUE, TimeWord.PENDING);
    }
    return time;
  }

  private static TimeWord word(FeedInterval.State state) {
    return switch (state) {
      case LIVE -> TimeWord.UNPROVED;
      case DOWN -> TimeWord.DOWN;
      case UNSUBSCRIBED -> TimeWord.UNSUBSCRIBED;
      case HALTED -> TimeWord.HALTED;
      case REFUSED -> TimeWord.REFUSED;
    };
  }
}
