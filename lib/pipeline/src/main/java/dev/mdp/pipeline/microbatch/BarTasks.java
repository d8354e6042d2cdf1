package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.event.Interval;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.pipeline.DeadLetterBuffer;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.ShardTaskFactory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one shard's tasks share from owner to owner: the log, the dead letters, what all of them
/// came to. One thread.
final class BarTasks implements ShardTaskFactory<BarTask> {
  private static final Logger LOG = LoggerFactory.getLogger(BarTasks.class);

  private final MicroBatchSettings settings;
  private final MicroBatchPorts ports;
  private final ShardSubscription log;
  private final ShardDeadLetters deadLetters;
  private final LateEvents late;
  private long conflicting;
  private long sealedEarly;
  private long keptOpenWindows;

  BarTasks(MicroBatchSettings settings, MicroBatchPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.log = ports.bus().openShard(settings.key().topic(), settings.key().shard());
    this.deadLetters =
        new ShardDeadLetters(
            settings.key(),
            new DeadLetterBuffer(ports.bus(), settings.key().topic(), ports.encoder()),
            ports.clock());
    this.late = new LateEvents(settings.key().group(), ports.metrics());
  }

  ShardSubscription log() {
    return log;
  }

  @Override
  public BarTask begin(ClaimResult.Claimed claimed) {
    Failpoint.MICRO_BATCH_AFTER_CLAIM.pass();
    List<Interval> dropped =
        claimed.intervals().stream()
            .filter(interval -> !settings.windows().intervals().contains(interval))
            .toList();
    if (!dropped.isEmpty()) {
      LOG.warn(
          "{}: bars of {} end here, as --drop-intervals says; their open windows stay as they are"
              + " stored",
          settings.key(),
          dropped);
    }
    return new BarTask(
        settings,
        ports,
        log,
        deadLetters,
        late,
        claimed,
        new LogTrimmer(
            settings,
            ports.checkpoints().admin(),
            log,
            ports.clock(),
            deadLetters,
            claimed.checkpoint().position().equals(Position.START)));
  }

  @Override
  public void ended(BarTask task, boolean drained) {
    deadLetters.discard();
    late.discard();
    conflicting += task.conflicting();
    sealedEarly += task.sealedEarly();
    if (drained) {
      keptOpenWindows = task.openWindows();
      LOG.info("{}: {} open windows kept for the next start", settings.key(), keptOpenWindows);
    }
  }

  @Override
  public void close() {
    deadLetters.close();
  }

  /// Of the tasks that have ended.
  long conflicting() {
    return conflicting;
  }

  /// Of the tasks that have ended.
  long sealedEarly() {
    return sealedEarly;
  }

  /// Of the last task.
  long keptOpenWindows() {
    return keptOpenWindows;
  }

  List<LateSymbol> late() {
    return late.committed();
  }
}
