package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.store.CheckpointStatus;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.pipeline.DeadLetterBox;
import dev.mdp.pipeline.window.TumblingWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an owner does besides bars. At most once a minute: cuts what every registered group has
/// consumed and what is older than the retention off the log, and looks whether a tick group is
/// registered to write the codec's poison. At most once a second: tells the bus's own tools how far
/// the group has come. One thread.
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration TRIM_EVERY = Duration.ofMinutes(1);
  private static final Duration MIRROR_EVERY = Duration.ofSeconds(1);

  private final MicroBatchSettings settings;
  private final Checkpoints checkpoints;
  private final InstantSource clock;
  private final DeadLetterBox deadLetters;
  private Instant nextTrim;
  private Instant nextMirror;

  Housekeeping(
      MicroBatchSettings settings,
      Checkpoints checkpoints,
      InstantSource clock,
      DeadLetterBox deadLetters) {
    this.settings = settings;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.nextTrim = clock.instant();
    this.nextMirror = clock.instant();
    writePoisonUnlessTicksDo(checkpoints.list(settings.key().topic()));
  }

  void afterCommit(ShardSubscription log, TumblingWindows windows, Position committed) {
    Instant now = clock.instant();
    if (!now.isBefore(nextMirror)) {
      nextMirror = now.plus(MIRROR_EVERY);
      mirrorIfPossible(log, committed);
    }
    if (!now.isBefore(nextTrim)) {
      nextTrim = now.plus(TRIM_EVERY);
      List<CheckpointStatus> groups = checkpoints.list(settings.key().topic());
      writePoisonUnlessTicksDo(groups);
      trim(log, windows, groups, now);
    }
  }

  /// Tells the bus's own tools; that they show an old position is no reason to fail.
  void mirrorIfPossible(ShardSubscription log, Position committed) {
    try {
      log.mirror(settings.key().group(), committed);
    } catch (UnavailableException e) {
      LOG.debug("{}: the group's position on the bus stays behind", settings.key(), e);
    }
  }

  private void writePoisonUnlessTicksDo(List<CheckpointStatus> groups) {
    deadLetters.writePoison(
        groups.stream().noneMatch(group -> group.key().group().equals(settings.ticksGroup())));
  }

  private void trim(
      ShardSubscription log, TumblingWindows windows, List<CheckpointStatus> groups, Instant now) {
    Position needed = null;
    for (CheckpointStatus group : groups) {
      Position resume = group.checkpoint().resumePosition();
      boolean here = group.key().shard() == settings.key().shard();
      if (here && (needed == null || needed.isAfter(resume))) {
        needed = resume;
      }
    }
    if (needed != null && needed.isAfter(Position.START)) {
      log.trimBefore(needed, now.minus(settings.retention()));
      LogBounds bounds = log.bounds();
      windows.forgetLanesBefore(bounds.first().orElse(bounds.lastEver()));
    }
  }
}
