package dev.mdp.pipeline.microbatch;

import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import dev.mdp.pipeline.ownership.ShardWorker;
import java.util.List;

/// Turns one shard's events into bars.
public final class MicroBatchWorker extends ShardWorker<BarTask> {
  private final BarTasks tasks;

  public MicroBatchWorker(MicroBatchSettings settings, MicroBatchPorts ports) {
    this(settings, ports, new BarTasks(settings, ports));
  }

  private MicroBatchWorker(MicroBatchSettings settings, MicroBatchPorts ports, BarTasks tasks) {
    super(
        "micro-batch",
        settings.ownership(),
        new ShardTaskPorts(
            ports.checkpoints(), ports.assignment(), ports.clock(), ports.pause(), ports.metrics()),
        tasks.log(),
        tasks);
    this.tasks = tasks;
  }

  /// How many events were let go early because the memory's cap was reached.
  public long sealedEarly() {
    return tasks.sealedEarly() + task().map(BarTask::sealedEarly).orElse(0L);
  }

  /// How many windows of replays met a fuller or different bar.
  public long conflicting() {
    return tasks.conflicting() + task().map(BarTask::conflicting).orElse(0L);
  }

  /// How many windows were not emitted when the worker drained; the next start builds them again
  /// from the log.
  public long keptOpenWindows() {
    return tasks.keptOpenWindows();
  }

  /// Which symbols' events were late, and how late; asked when it has ended.
  public List<LateSymbol> late() {
    return tasks.late();
  }
}
