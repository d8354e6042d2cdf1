package dev.mdp.runtime;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.codec.SignalCodec;
import dev.mdp.config.BusConfig;
import dev.mdp.config.ShardConfig;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.run.JobRuns;
import dev.mdp.features.FeatureSet;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.infer.InferPorts;
import dev.mdp.pipeline.infer.InferSettings;
import dev.mdp.pipeline.infer.InferWorker;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import dev.mdp.pipeline.ownership.ShardTaskSettings;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Makes the job that turns events into signals.
public final class InferJobs {
  private InferJobs() {}

  /// How the job is run.
  ///
  /// @param consumer the owner's name in checkpoints
  public record Choice(String consumer, boolean includeReplays, boolean acceptDataLoss) {}

  /// One worker a shard; each owns its shard or stands by for it.
  public static Job infer(
      WorkerContext context,
      Checkpoints checkpoints,
      InferenceLoader inference,
      Choice choice,
      UnaryOperator<Worker> wrap) {
    BusConfig bus = context.config().bus();
    FutureLimitWarnings.log(context, CheckpointKey.INFERENCE);
    long run = context.startRun("infer", JobRuns.Mode.LIVE, null, null, List.of());
    EventCodec codec = new EventCodec();
    SignalCodec signals = new SignalCodec();
    InferPorts ports =
        new InferPorts(
            context.bus(),
            new ShardTaskPorts(
                checkpoints,
                context.assignment(
                    CheckpointKey.INFERENCE,
                    choice.consumer(),
                    context.config().inference().shards().lease()),
                context.clock(),
                Pause.sleeping(),
                context.metrics().pipeline()),
            codec::encode,
            signals::encode,
            context.metrics().inference(),
            new ConflictNotices(),
            inference);
    List<InferWorker> workers = new ArrayList<>();
    for (int shard = 0; shard < bus.shards(); shard++) {
      workers.add(
          new InferWorker(
              settings(context, inference.get().features(), shard, choice, run), ports));
    }
    return new Job(
        "infer",
        JobRuns.Mode.LIVE,
        run,
        workers.stream().map(worker -> wrap.apply(worker)).toList(),
        () -> workers.stream().map(InferWorker::ledger).toList(),
        () -> 0,
        () -> Map.of("data_loss_accepted", workers.stream().anyMatch(InferWorker::lossAccepted)),
        () -> 0);
  }

  private static InferSettings settings(
      WorkerContext context, FeatureSet features, int shard, Choice choice, long run) {
    BusConfig bus = context.config().bus();
    ShardConfig config = context.config().inference().shards();
    return new InferSettings(
        new ShardTaskSettings(
            new CheckpointKey(Wiring.group(bus, CheckpointKey.INFERENCE), bus.topic(), shard),
            choice.consumer(),
            bus.shards(),
            InferSettings.windows(features),
            config.lease(),
            choice.acceptDataLoss(),
            run),
        MicroBatchJobs.windows(
            "inference",
            config,
            context.config().microBatch().maxFuture(),
            InferSettings.windows(features)),
        config.maxBatchSize(),
        config.flushTimeout(),
        choice.includeReplays(),
        bus.signalsTopic(),
        bus.retention().duration());
  }
}
