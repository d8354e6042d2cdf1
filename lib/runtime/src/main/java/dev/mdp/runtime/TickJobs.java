package dev.mdp.runtime;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.config.BusConfig;
import dev.mdp.config.TicksConfig;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Micros;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.ticks.TickPorts;
import dev.mdp.pipeline.ticks.TickSettings;
import dev.mdp.pipeline.ticks.TickWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Makes the job of a process that stores ticks from its configuration.
public final class TickJobs {
  private static final int TICKS_PER_READ = 5_000;

  private TickJobs() {}

  public static Job create(
      WorkerContext context,
      String consumer,
      int batchSize,
      Duration flushTimeout,
      boolean acceptDataLoss,
      UnaryOperator<Worker> wrap) {
    BusConfig bus = context.config().bus();
    TicksConfig config = context.config().ticks();
    FutureLimitWarnings.log(context, CheckpointKey.TICK_CONSUMER);
    long run = context.startRun("ticks", JobRuns.Mode.LIVE, null, null, List.of());
    TickWorker worker =
        new TickWorker(
            new TickSettings(
                bus.topic(),
                Wiring.group(bus, CheckpointKey.TICK_CONSUMER),
                consumer,
                bus.shards(),
                batchSize,
                Math.max(TICKS_PER_READ, batchSize),
                flushTimeout,
                config.claimIdle(),
                Micros.of(context.config().microBatch().maxFuture()),
                acceptDataLoss,
                run),
            new TickPorts(
                context.bus(),
                context.store().ticks(),
                context.store().checkpoints(),
                new EventCodec()::encode,
                context.metrics().pipeline(),
                context.clock(),
                Pause.sleeping()));
    return new Job(
        "ticks",
        JobRuns.Mode.LIVE,
        run,
        List.of(wrap.apply(worker)),
        () -> List.of(worker.ledger()),
        () -> 0,
        () ->
            Map.of(
                "entries_lost",
                worker.entriesLost(),
                "data_loss_accepted",
                worker.lossAccepted(),
                "moved_back",
                worker.movedBack()),
        () -> 0);
  }
}
