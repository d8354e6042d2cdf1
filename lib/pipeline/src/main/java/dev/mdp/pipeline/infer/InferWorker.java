package dev.mdp.pipeline.infer;

import dev.mdp.pipeline.ownership.ShardWorker;

/// Turns one shard's events into signals.
public final class InferWorker extends ShardWorker<SignalTask> {
  private final InferPorts ports;

  public InferWorker(InferSettings settings, InferPorts ports) {
    this(settings, ports, SignalTasks.of(settings, ports));
  }

  private InferWorker(InferSettings settings, InferPorts ports, SignalTasks tasks) {
    super("infer", settings.ownership(), ports.owning(), tasks.log(), tasks);
    this.ports = ports;
  }

  /// Other rules than the owner has: it commits what it did with them, and the next one begins with
  /// the new ones.
  @Override
  public int poll() {
    boolean changed =
        task().filter(task -> task.inference() != ports.inference().get()).isPresent();
    if (changed) {
      beginAgain();
    }
    return super.poll();
  }
}
