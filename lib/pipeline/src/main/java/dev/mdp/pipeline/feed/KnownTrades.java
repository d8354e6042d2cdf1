package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// At a start: which trades the log has that no cursor knows, as a process may end between the
/// bus's acknowledgement and the note of it. One thread.
final class KnownTrades {
  private static final int PAGE = 5_000;
  private static final Duration WAIT = Duration.ofMillis(100);

  /// What became of the log since the last note.
  enum Log {
    /// All that was noted and all after it is there, or was consumed by every group.
    WHOLE,
    /// Its head was cut off behind the noted place. What was after it is known by the table alone:
    /// a trim that is not ours may have taken entries that no one had stored.
    TRIMMED,
    /// It is another log, or a shorter one: what it had and no one stored is lost.
    OTHER
  }

  private final String provider;
  private final ShardSubscription log;

  KnownTrades(String provider, ShardSubscription log) {
    this.provider = provider;
    this.log = log;
  }

  /// What the log is to the one that was noted.
  Log compare(Position noted, Optional<LogAnchor> anchor) {
    LogBounds bounds = log.bounds();
    if (noted.isAfter(bounds.lastEver())) {
      return Log.OTHER;
    }
    if (anchor.isEmpty()) { // there was no entry
      boolean isAsNoted = noted.equals(bounds.lastEver()) || noted.equals(Position.START);
      return isAsNoted || !bounds.headTrimmed() ? Log.WHOLE : Log.TRIMMED;
    }
    Optional<LogAnchor> found = log.anchor(noted);
    if (found.isPresent()) {
      return found.equals(anchor) ? Log.WHOLE : Log.OTHER;
    }
    boolean isBeforeFirst = bounds.first().map(first -> first.isAfter(noted)).orElse(true);
    return bounds.headTrimmed() && isBeforeFirst ? Log.TRIMMED : Log.OTHER;
  }

  /// Hands over the provider's trades from after this place to the log's end, whatever their lane.
  void read(Position after, Consumer<Tick> to) {
    Position end = log.bounds().lastEver();
    log.seekPastLoss(after);
    Position at = after;
    while (end.isAfter(at)) {
      List<Delivery> page = log.poll(PAGE, WAIT);
      for (Delivery delivery : page) {
        at = delivery.position();
        if (delivery instanceof Delivery.Decoded decoded
            && decoded.event() instanceof Tick tick
            && tick.provider().equals(provider)) {
          to.accept(tick);
        }
      }
      if (page.isEmpty() && log.reachedEnd()) {
        return;
      }
    }
  }
}
