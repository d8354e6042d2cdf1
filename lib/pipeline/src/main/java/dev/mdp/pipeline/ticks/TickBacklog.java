package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Position;
import java.time.Duration;
import java.time.Instant;

/// What the whole group still has to acknowledge; looks at most twice a second. One thread.
final class TickBacklog {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final TickSettings settings;
  private final TickPorts ports;
  private final CompetingSubscription subscription;
  private Instant nextLook = Instant.MIN;
  private boolean behind;

  TickBacklog(TickSettings settings, TickPorts ports, CompetingSubscription subscription) {
    this.settings = settings;
    this.ports = ports;
    this.subscription = subscription;
  }

  /// Whether some shard has an entry that no member has acknowledged.
  boolean isBehind() {
    Instant now = ports.clock().instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(LOOK_EVERY);
      behind = false;
      for (int shard = 0; shard < settings.shards() && !behind; shard++) {
        behind = isBehind(shard);
      }
    }
    return behind;
  }

  private boolean isBehind(int shard) {
    BusInspector inspector = ports.bus().inspector();
    Position used = subscription.lowWater(shard);
    return inspector
        .bounds(settings.topic(), shard)
        .last()
        .filter(last -> last.isAfter(used))
        .isPresent();
  }
}
