package dev.mdp.cli.run;

import dev.mdp.config.DatasetConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.JobRuns;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.providers.dataset.ReadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The configured datasets, and the jobs that send them.
public final class Datasets {
  private static final int BATCH = 1_000;

  private Datasets() {}

  /// A replay's worker and job.
  public record Replay(ProduceWorker worker, FiniteSource source, String lane, Job job) {}

  /// Throws [DataException] (exit 65) naming the datasets there are.
  public static DatasetConfig find(MdpConfig config, String name) {
    DatasetConfig found = config.datasets().get(name);
    if (found == null) {
      String near =
          Suggestions.nearest(name, config.datasets().keySet())
              .map(suggestion -> " — did you mean '" + suggestion + "'?")
              .orElse("");
      throw new DataException(
          "no dataset '"
              + name
              + "' under datasets: in the configuration (there are: "
              + (config.datasets().isEmpty()
                  ? "none"
                  : String.join(", ", config.datasets().keySet()))
              + ")"
              + near);
    }
    return found;
  }

  /// @param wanted the range; its lane is replaced by the dataset's, or by one of this run
  public static Replay replay(
      Session session, DatasetConfig config, ReadOptions wanted, Pacing pacing, Path directory) {
    long run =
        session.startRun(
            "replay",
            JobRuns.Mode.REPLAY,
            config.name(),
            config.provider(),
            config.symbol().map(List::of).orElse(List.of()));
    String lane = config.lane().orElse("replay-" + run);
    ReadOptions options =
        new ReadOptions(
            lane, wanted.fromMicros(), wanted.toMicros(), wanted.allowLateMicros(), wanted.sort());
    FiniteSource source = open(session, run, config, options, directory);
    ProduceWorker worker =
        new ProduceWorker(
            "replay",
            source,
            session.bus().openPublisher(session.config().bus().topic()),
            pacing,
            Pause.sleeping(),
            lane,
            BATCH);
    Job job =
        new Job(
            "replay",
            JobRuns.Mode.REPLAY,
            run,
            List.of(worker),
            List::of,
            worker::total,
            () -> Map.of("sent", worker.sent(), "lane", lane),
            () -> 0);
    return new Replay(worker, source, lane, job);
  }

  private static FiniteSource open(
      Session session, long run, DatasetConfig config, ReadOptions options, Path directory) {
    try {
      return Sources.dataset(config, options, directory, () -> session.store().history());
    } catch (MdpException e) {
      session.finishRun(run, 0, e.getMessage(), "{}");
      throw e;
    }
  }
}
