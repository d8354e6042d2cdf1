package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.worker.Pause;
import java.time.InstantSource;
import java.util.function.Function;

/// What micro-batch works with.
///
/// @param repairs the windows that refills came too late for
/// @param encoder an event as wire bytes, for dead letters whose entry the log no longer has
/// @param assignment which shards this process may own
/// @param clock decides idle emission, lease renewal and metrics; never what is sealed
public record MicroBatchPorts(
    EventBus bus,
    Checkpoints checkpoints,
    PendingRepairs repairs,
    Function<MarketEvent, byte[]> encoder,
    PipelineMetrics metrics,
    InstantSource clock,
    Pause pause,
    ConflictNotices conflicts,
    ShardAssignment assignment) {
  /// For a worker that takes every shard that is free, with its own notices, where no one refills.
  public MicroBatchPorts(
      EventBus bus,
      Checkpoints checkpoints,
      Function<MarketEvent, byte[]> encoder,
      PipelineMetrics metrics,
      InstantSource clock,
      Pause pause) {
    this(
        bus,
        checkpoints,
        PendingRepairs.NONE,
        encoder,
        metrics,
        clock,
        pause,
        new ConflictNotices(),
        ShardAssignment.everything());
  }
}
