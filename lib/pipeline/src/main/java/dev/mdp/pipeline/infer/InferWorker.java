package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.pipeline.DeadLetterBuffer;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.OwningWorker;
import dev.mdp.pipeline.ownership.ShardTaskFactory;
import dev.mdp.pipeline.ownership.ShardWorker;

/// Turns one shard's events into signals.
public final class InferWorker extends OwningWorker<SignalTask> {
  private final InferPorts ports;
  private final ShardWorker<SignalTask> worker;

  public InferWorker(InferSettings settings, InferPorts ports) {
    this.ports = ports;
    String topic = settings.ownership().key().topic();
    ShardSubscription log = ports.bus().openShard(topic, settings.ownership().key().shard());
    this.worker =
        new ShardWorker<>(
            "infer",
            settings.ownership(),
            ports.owning(),
            log,
            new Signals(
                settings,
                ports,
                log,
                new ShardDeadLetters(
                    settings.ownership().key(),
                    new DeadLetterBuffer(ports.bus(), topic, ports.encoder()),
                    ports.owning().clock()),
                new Outbox(ports.bus().openRaw(settings.signalsTopic()), ports.signals())));
  }

  /// @param outbox passes from owner to owner with its connection
  private record Signals(
      InferSettings settings,
      InferPorts ports,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      Outbox outbox)
      implements ShardTaskFactory<SignalTask> {
    @Override
    public SignalTask begin(ClaimResult.Claimed claimed) {
      return new SignalTask(
          settings, ports, ports.inference().get(), log, deadLetters, outbox, claimed);
    }

    @Override
    public void ended(SignalTask task, boolean drained) {
      deadLetters.discard();
    }

    @Override
    public void close() {
      deadLetters.close();
      outbox.close();
    }
  }

  @Override
  protected ShardWorker<SignalTask> worker() {
    return worker;
  }

  /// Other rules than the owner has: it commits what it did with them, and the next one begins with
  /// the new ones.
  @Override
  public int poll() {
    boolean changed =
        worker.task().filter(task -> task.inference() != ports.inference().get()).isPresent();
    if (changed) {
      worker.beginAgain();
    }
    return worker.poll();
  }
}
