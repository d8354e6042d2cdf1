package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Interval;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.LateSymbol;
import dev.mdp.pipeline.DeadLetterBuffer;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.OwningWorker;
import dev.mdp.pipeline.ownership.ShardTaskFactory;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import dev.mdp.pipeline.ownership.ShardWorker;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns one shard's events into bars.
public final class MicroBatchWorker extends OwningWorker<BarTask> {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatchWorker.class);

  private final MicroBatchSettings settings;
  private final MicroBatchPorts ports;
  private final ShardSubscription log;
  private final ShardDeadLetters deadLetters;
  private final LateEvents late;
  private final ShardWorker<BarTask> worker;
  private long conflicting;
  private long sealedEarly;
  private long keptOpenWindows;

  public MicroBatchWorker(MicroBatchSettings settings, MicroBatchPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.log = ports.bus().openShard(settings.key().topic(), settings.key().shard());
    this.deadLetters =
        new ShardDeadLetters(
            settings.key(),
            new DeadLetterBuffer(ports.bus(), settings.key().topic(), ports.encoder()),
            ports.clock());
    this.late = new LateEvents(settings.key().group(), ports.metrics());
    this.worker =
        new ShardWorker<>(
            "micro-batch",
            settings.ownership(),
            new ShardTaskPorts(
                ports.checkpoints(),
                ports.assignment(),
                ports.clock(),
                ports.pause(),
                ports.metrics()),
            log,
            new Bars());
  }

  private final class Bars implements ShardTaskFactory<BarTask> {
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
              ports.checkpoints(),
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
  }

  @Override
  protected ShardWorker<BarTask> worker() {
    return worker;
  }

  /// How many events were let go early because the memory's cap was reached.
  public long sealedEarly() {
    return sealedEarly + worker.task().map(BarTask::sealedEarly).orElse(0L);
  }

  /// How many windows of replays met a fuller or different bar.
  public long conflicting() {
    return conflicting + worker.task().map(BarTask::conflicting).orElse(0L);
  }

  /// How many windows were not emitted when the worker drained; the next start builds them again
  /// from the log.
  public long keptOpenWindows() {
    return keptOpenWindows;
  }

  /// Which symbols' events were late, and how late; asked when it has ended.
  public List<LateSymbol> late() {
    return late.committed();
  }
}
