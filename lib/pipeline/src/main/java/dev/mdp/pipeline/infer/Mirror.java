package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.store.CheckpointKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the bus's own tools, at most once a second, how far the group has come. One thread.
final class Mirror {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

  private final ShardSubscription log;
  private final CheckpointKey key;
  private final InstantSource clock;
  private Instant nextTelling;
  private Instant nextMinute;

  Mirror(ShardSubscription log, CheckpointKey key, InstantSource clock) {
    this.log = log;
    this.key = key;
    this.clock = clock;
    this.nextTelling = clock.instant();
    this.nextMinute = clock.instant().plus(Duration.ofMinutes(1));
  }

  void tell(Position committed) {
    Instant now = clock.instant();
    if (!now.isBefore(nextTelling)) {
      nextTelling = now.plus(Duration.ofSeconds(1));
      tellNow(committed);
    }
  }

  /// That they show an old position is no reason to fail.
  void tellNow(Position committed) {
    try {
      log.mirror(key.group(), committed);
    } catch (UnavailableException e) {
      LOG.debug("{}: the group's position on the bus stays behind", key, e);
    }
  }

  /// Whether a minute has passed since it was last asked.
  boolean isMinute() {
    Instant now = clock.instant();
    boolean is = !now.isBefore(nextMinute);
    if (is) {
      nextMinute = now.plus(Duration.ofMinutes(1));
    }
    return is;
  }
}
