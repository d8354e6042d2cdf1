package dev.mdp.runtime;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.config.BusConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.config.ShardConfig;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.ledger.LateSymbol;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.microbatch.MicroBatchPorts;
import dev.mdp.pipeline.microbatch.MicroBatchSettings;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Makes the micro-batch job of a process from its configuration.
public final class MicroBatchJobs {
  private MicroBatchJobs() {}

  /// One worker a shard; each owns its shard or stands by for it.
  public static MicroBatchJob create(
      WorkerContext context,
      Checkpoints checkpoints,
      String consumer,
      List<Interval> intervals,
      Leave leave,
      UnaryOperator<Worker> wrap) {
    BusConfig bus = context.config().bus();
    FutureLimitWarnings.log(context, CheckpointKey.MICRO_BATCHER);
    long run = context.startRun("micro-batch", JobRuns.Mode.LIVE, null, null, List.of());
    EventCodec codec = new EventCodec();
    ShardAssignment assignment =
        context.assignment(
            CheckpointKey.MICRO_BATCHER, consumer, context.config().microBatch().shards().lease());
    MicroBatchPorts ports =
        new MicroBatchPorts(
            context.bus(),
            checkpoints,
            context.store().repairs(),
            codec::encode,
            context.metrics().pipeline(),
            context.clock(),
            Pause.sleeping(),
            new ConflictNotices(),
            assignment);
    List<MicroBatchWorker> workers = new ArrayList<>();
    for (int shard = 0; shard < bus.shards(); shard++) {
      workers.add(
          new MicroBatchWorker(
              microBatchSettings(context, shard, consumer, intervals, leave, run), ports));
    }
    return new MicroBatchJob(
        workers,
        new Job(
            "micro-batch",
            JobRuns.Mode.LIVE,
            run,
            workers.stream().map(worker -> wrap.apply(worker)).toList(),
            () -> workers.stream().map(MicroBatchWorker::ledger).toList(),
            () -> 0,
            () -> marks(workers),
            () -> workers.stream().mapToLong(MicroBatchWorker::conflicting).sum()));
  }

  /// What micro-batch may do because a person said so.
  ///
  /// @param acceptDataLoss whether it continues although the log lost entries
  /// @param dropIntervals whether bars of intervals may end that the group built until now
  public record Leave(boolean acceptDataLoss, boolean dropIntervals) {}

  /// What a person who looks at the run should know besides its ledger.
  private static Map<String, Object> marks(List<MicroBatchWorker> workers) {
    return Map.of(
        "late",
        LateEvents.most(workers.stream().flatMap(worker -> worker.late().stream()).toList(), 100)
            .stream()
            .map(MicroBatchJobs::late)
            .toList(),
        "data_loss_accepted",
        workers.stream().anyMatch(MicroBatchWorker::lossAccepted),
        "events_sealed_early",
        workers.stream().mapToLong(MicroBatchWorker::sealedEarly).sum(),
        "conflicting_windows",
        workers.stream().mapToLong(MicroBatchWorker::conflicting).sum());
  }

  private static Map<String, Object> late(LateSymbol symbol) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("provider", symbol.provider());
    object.put("symbol", symbol.symbol());
    object.put("events", symbol.events());
    object.put("max_late_ms", symbol.maxLateMicros() / 1_000);
    return object;
  }

  /// @param workers to look at while they run
  public record MicroBatchJob(List<MicroBatchWorker> workers, Job job) {}

  private static MicroBatchSettings microBatchSettings(
      WorkerContext context,
      int shard,
      String consumer,
      List<Interval> intervals,
      Leave leave,
      long run) {
    BusConfig bus = context.config().bus();
    MicroBatchConfig config = context.config().microBatch();
    return new MicroBatchSettings(
        new CheckpointKey(Wiring.group(bus, CheckpointKey.MICRO_BATCHER), bus.topic(), shard),
        Wiring.group(bus, CheckpointKey.TICK_CONSUMER),
        consumer,
        bus.shards(),
        windows("micro_batch", config.shards(), config.maxFuture(), intervals),
        config.shards().maxBatchSize(),
        config.shards().flushTimeout(),
        config.shards().lease(),
        bus.retention().duration(),
        leave.acceptDataLoss(),
        run,
        leave.dropIntervals());
  }

  /// @param section of the configuration that has these values
  static WindowSettings windows(
      String section, ShardConfig config, Duration maxFuture, List<Interval> intervals) {
    return new WindowSettings(
        section,
        intervals,
        Micros.of(config.allowLate()),
        Micros.of(config.reviseLate()),
        Micros.of(config.silenceSeal()),
        Micros.of(maxFuture),
        config.maxRetainedEvents());
  }
}
