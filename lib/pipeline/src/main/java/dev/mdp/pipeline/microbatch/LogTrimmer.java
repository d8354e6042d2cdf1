package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.GroupPositionReporter;
import dev.mdp.pipeline.window.TumblingWindows;
import dev.mdp.pipeline.worker.Periodic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an owner does besides bars. At most once a minute: cuts what every registered group has
/// consumed and what is older than the retention off the log, and looks whether a tick group is
/// registered to write the codec's poison. At most once a second: tells the bus's own tools how far
/// the group has come. One thread.
final class LogTrimmer {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrimmer.class);
  private static final Duration FIRST_START = Duration.ofSeconds(15);

  private final MicroBatchSettings settings;
  private final CheckpointAdmin admin;
  private final ShardSubscription log;
  private final InstantSource clock;
  private final ShardDeadLetters deadLetters;
  private final GroupPositionReporter positions;
  private final Periodic trimming;
  private final Periodic memoryLook;
  private final IdleGroups idleGroups = new IdleGroups();

  /// @param isFirst whether the group has never committed anything of this shard
  LogTrimmer(
      MicroBatchSettings settings,
      CheckpointAdmin admin,
      ShardSubscription log,
      InstantSource clock,
      ShardDeadLetters deadLetters,
      boolean isFirst) {
    this.settings = settings;
    this.admin = admin;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.log = log;
    this.positions = new GroupPositionReporter(log, settings.key(), clock);
    this.trimming = Periodic.fromNow(Duration.ofMinutes(1), clock);
    this.memoryLook = Periodic.after(Duration.ofSeconds(5), clock);
    writePoisonUnlessTicksDo();
    if (isFirst) {
      deadLetters.awaitTickGroup(FIRST_START);
    }
  }

  void afterCommit(TumblingWindows windows, Position committed) {
    positions.report(committed);
    if (trimming.isDue()) {
      writePoisonUnlessTicksDo();
      trim(windows, clock.instant().minus(settings.retention()));
    } else if (memoryLook.isDue() && log.isShortOfMemory()) {
      LOG.warn(
          "{}: the bus is short of memory; what every group has consumed is removed before its retention of {} is over",
          settings.key(),
          settings.retention());
      trim(windows, clock.instant().plus(settings.retention()));
    }
  }

  void reportNow(Position committed) {
    positions.reportNow(committed);
  }

  private void writePoisonUnlessTicksDo() {
    deadLetters.writePoison(
        () -> !admin.isRegistered(settings.ticksGroup(), settings.key().topic()));
  }

  private void trim(TumblingWindows windows, Instant appendedBefore) {
    List<CheckpointStatus> groups = admin.listShard(settings.key().topic(), settings.key().shard());
    idleGroups.warnings(groups, log.bounds(), clock.instant()).forEach(LOG::warn);
    groups.stream()
        .map(group -> group.checkpoint().resumePosition())
        .min(Comparator.naturalOrder())
        .filter(needed -> needed.isAfter(Position.START))
        .ifPresent(needed -> {
          log.trimBefore(needed, appendedBefore);
          LogBounds bounds = log.bounds();
          windows.forgetLanesBefore(bounds.first().orElse(bounds.lastEver()));
        });
  }
}
