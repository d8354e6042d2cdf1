package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import dev.mdp.pipeline.ownership.LogCheck;
import java.util.Optional;

/// Compares a tick group's low-water mark with the log behind it: is it the one that the mark was
/// made from, and does it still reach as far? One thread.
final class TickLog {
  private final TickSettings settings;
  private final TickPorts ports;
  private final CompetingSubscription subscription;

  TickLog(TickSettings settings, TickPorts ports, CompetingSubscription subscription) {
    this.settings = settings;
    this.ports = ports;
    this.subscription = subscription;
  }

  /// What is wrong, in words for the operator; empty when the log is the one that the mark knows.
  Optional<String> lost(int shard, Mark mark) {
    Mark compared = mark;
    Optional<String> lost = look(shard, compared);
    while (lost.isPresent()) {
      // Another member may have raised the mark meanwhile, and the log was trimmed up to it.
      StoredMarks now = ports.checkpoints().marks().marks(settings.group(), settings.topic());
      if (now.of(shard).equals(compared)) {
        return lost;
      }
      compared = now.of(shard);
      lost = look(shard, compared);
    }
    return lost;
  }

  private Optional<String> look(int shard, Mark mark) {
    if (mark.position().equals(Position.START)) {
      return Optional.empty();
    }
    CheckpointKey key = new CheckpointKey(settings.group(), settings.topic(), shard);
    Optional<LogAnchor> known = mark.anchor();
    if (known.isPresent() && isThere(shard, known.get())) {
      known = Optional.empty();
    }
    LogBounds bounds = subscription.bounds(shard);
    if (mark.position().isAfter(bounds.lastEver())
        && (known.isEmpty() || bounds.first().isPresent())) {
      return Optional.of(LogCheck.tailCut(key, mark.position(), bounds));
    }
    return known.flatMap(anchor ->
        LogCheck.lostBefore(
            key, mark.position(), anchor, bounds, subscription.anchor(shard, anchor.position())));
  }

  /// Whether this entry is in the log.
  boolean isThere(int shard, LogAnchor anchor) {
    return subscription.anchor(shard, anchor.position()).filter(anchor::equals).isPresent();
  }

  /// Where the group continues when the loss is accepted. A log that was only cut at its end gave
  /// the group everything before; of another one nothing is known to be stored.
  Position afterLoss(int shard, Mark mark) {
    Position last = subscription.bounds(shard).lastEver();
    Position group = subscription.lowWater(shard);
    boolean cut =
        mark.position().isAfter(last)
            && mark.anchor().map(anchor -> anchor.position().isAfter(last)).orElse(true);
    if (!cut || group.isAfter(last)) {
      return Position.START;
    }
    return group.isAfter(mark.position()) ? mark.position() : group;
  }
}
