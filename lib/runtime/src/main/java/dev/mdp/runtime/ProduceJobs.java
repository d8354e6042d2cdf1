package dev.mdp.runtime;

import dev.mdp.config.ProviderConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.pipeline.worker.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The jobs that send live events.
public final class ProduceJobs {
  private static final int BATCH = 500;

  private ProduceJobs() {}

  /// A live source's worker and job.
  public record Live(ProduceWorker worker, Job job) {}

  /// Throws [ConfigException] when the configuration has switched it off.
  public static void requireEnabled(ProviderConfig config, String source) {
    if (!config.enabled()) {
      throw new ConfigException(
          "producers.%1$s.enabled is false in %2$s: set it to true, or start with --set producers.%1$s.enabled=true"
              .formatted(config.name(), source));
    }
  }

  public static Live live(WorkerContext context, LiveSource source) {
    long run =
        context.startRun("produce", JobRuns.Mode.LIVE, null, source.provider(), source.symbols());
    ProduceWorker worker =
        new ProduceWorker(
            "produce",
            source.events(),
            context.bus().openPublisher(context.config().bus().topic()),
            new Pacing(Pacing.MAX_SPEED, context.clock()),
            waitAtLeast(ProduceWorker.GATHER),
            MarketEvent.LIVE,
            BATCH);
    return new Live(
        worker,
        new Job(
            "produce",
            JobRuns.Mode.LIVE,
            run,
            List.of(worker),
            List::of,
            worker::total,
            () -> Map.of("sent", worker.sent(), "skipped", source.skipped().getAsLong()),
            () -> 0));
  }

  /// At high rates the next event is due at once; gathering for a moment makes batches of them.
  private static Pause waitAtLeast(Duration least) {
    return wanted -> Thread.sleep(wanted.compareTo(least) < 0 ? least : wanted);
  }
}
