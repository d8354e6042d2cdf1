package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time in which another process has the shard. One thread.
final class Standby {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWorker.class);
  private static final Duration WAIT = Duration.ofMillis(500);

  private final CheckpointKey key;
  private final ShardTaskPorts ports;
  private final ShardSubscription log;
  private boolean said;
  private boolean usedUp;
  private Instant nextLook = Instant.MIN;

  Standby(CheckpointKey key, ShardTaskPorts ports, ShardSubscription log) {
    this.key = key;
    this.ports = ports;
    this.log = log;
  }

  /// Says once who has the shard.
  void say(ClaimResult.Held held) {
    if (!said) {
      said = true;
      LOG.warn("{} is held by {} until {} at least; standing by", key, held.owner(), held.until());
    }
  }

  void over() {
    said = false;
  }

  void pause() {
    try {
      ports.pause().pause(WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a living owner has consumed all there is; looks at most twice a second.
  boolean isUsedUp() {
    Instant now = ports.clock().instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(WAIT);
      try {
        Position last = log.bounds().lastEver();
        usedUp =
            ports.checkpoints().admin().listShard(key.topic(), key.shard()).stream()
                .filter(row -> row.key().equals(key))
                .anyMatch(row -> row.leased() && !last.isAfter(row.checkpoint().position()));
      } catch (UnavailableException e) {
        usedUp = false;
      }
    }
    return usedUp;
  }
}
