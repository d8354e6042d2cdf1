package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.pipeline.DeadLetterBuffer;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.ShardTaskFactory;

/// What one shard's tasks share from owner to owner. One thread.
///
/// @param outbox passes from owner to owner with its connection
record SignalTasks(
    InferSettings settings,
    InferPorts ports,
    ShardSubscription log,
    ShardDeadLetters deadLetters,
    Outbox outbox)
    implements ShardTaskFactory<SignalTask> {

  static SignalTasks of(InferSettings settings, InferPorts ports) {
    String topic = settings.ownership().key().topic();
    return new SignalTasks(
        settings,
        ports,
        ports.bus().openShard(topic, settings.ownership().key().shard()),
        new ShardDeadLetters(
            settings.ownership().key(),
            new DeadLetterBuffer(ports.bus(), topic, ports.encoder()),
            ports.owning().clock()),
        new Outbox(ports.bus().openRaw(settings.signalsTopic()), ports.signals()));
  }

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
