package dev.mdp.runtime;

import dev.mdp.config.ProducersConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.store.JobRuns;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The providers of live events that this program has, and their jobs.
public final class ProduceJobs {
  public static final String SYNTHETIC = "synthetic";

  private static final int BATCH = 500;

  private ProduceJobs() {}

  /// A live source's worker and job.
  public record Live(ProduceWorker worker, Job job) {}

  /// Throws [ConfigException] when the configuration has switched it off.
  public static void requireEnabled(ProducersConfig.Synthetic config, String source) {
    if (!config.enabled()) {
      throw new ConfigException(
          "producers.synthetic.enabled is false in "
              + source
              + ": set it to true, or start with --set producers.synthetic.enabled=true");
    }
  }

  public static Live live(
      WorkerContext context, SyntheticSettings settings, SyntheticSource source) {
    long run =
        context.startRun(
            "produce", JobRuns.Mode.LIVE, null, settings.provider(), settings.symbols());
    ProduceWorker worker =
        new ProduceWorker(
            "produce",
            source,
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
            () -> Map.of("sent", worker.sent(), "skipped", source.skipped().count()),
            () -> 0));
  }

  /// At high rates the next event is due at once; gathering for a moment makes batches of them.
  private static Pause waitAtLeast(Duration least) {
    return wanted -> Thread.sleep(wanted.compareTo(least) < 0 ? least : wanted);
  }
}
