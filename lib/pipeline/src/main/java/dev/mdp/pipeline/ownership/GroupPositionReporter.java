package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.pipeline.worker.Periodic;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports to the bus's own tools, at most once a second, how far the group has come. One thread.
public final class GroupPositionReporter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupPositionReporter.class);

  private final ShardSubscription log;
  private final CheckpointKey key;
  private final Periodic everySecond;

  public GroupPositionReporter(ShardSubscription log, CheckpointKey key, InstantSource clock) {
    this.log = log;
    this.key = key;
    this.everySecond = Periodic.fromNow(Duration.ofSeconds(1), clock);
  }

  public void report(Position committed) {
    if (everySecond.isDue()) {
      reportNow(committed);
    }
  }

  /// That they show an old position is no reason to fail.
  public void reportNow(Position committed) {
    try {
      log.mirror(key.group(), committed);
    } catch (UnavailableException e) {
      LOG.debug("{}: the group's position on the bus stays behind", key, e);
    }
  }
}
