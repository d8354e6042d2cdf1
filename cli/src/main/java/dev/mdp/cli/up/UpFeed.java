package dev.mdp.cli.up;

import dev.mdp.cli.shell.UnknownName;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.core.event.Micros;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import dev.mdp.runtime.Datasets;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.SourceFactory;
import dev.mdp.runtime.WorkerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Where the events of `up` come from.
record UpFeed(String provider, @Nullable String dataset) {
  private static final String DATASET = "dataset";

  /// @param sent events so far
  /// @param passedOver what was read and not sent, in words; empty when there is nothing to tell
  record Started(String name, Job job, LongSupplier sent, Supplier<String> passedOver) {}

  static void check(String provider, @Nullable String dataset, CommandSpec spec) {
    if (provider.equals(DATASET)) {
      if (dataset == null) {
        throw new ParameterException(spec.commandLine(), "--provider dataset needs --dataset NAME");
      }
    } else if (!provider.equals(ProduceJobs.SYNTHETIC)) {
      throw new ParameterException(
          spec.commandLine(),
          UnknownName.message(
              "--provider", "provider", provider, List.of(ProduceJobs.SYNTHETIC, DATASET)));
    }
  }

  /// Whether its events are in their own lane.
  boolean isReplay() {
    return provider.equals(DATASET);
  }

  Started start(WorkerContext context, Path directory) {
    if (dataset != null) {
      MicroBatchConfig config = context.config().microBatch();
      Datasets.Replay replay =
          Datasets.replay(
              context,
              Datasets.find(context.config(), dataset),
              ReadOptions.all("probe", Micros.of(config.allowLate())),
              new Pacing(Pacing.MAX_SPEED, context.clock()),
              directory);
      return new Started(
          "dataset " + dataset, replay.job(), replay.worker()::total, replay::passedOver);
    }
    ProducersConfig.Synthetic config = context.config().producers().synthetic();
    SyntheticSettings settings =
        SourceFactory.synthetic(
            config, List.of(), config.tickRate(), config.seed(), SyntheticSettings.NO_LIMIT);
    SyntheticSource source = new SyntheticSource(settings, context.clock());
    ProduceJobs.Live live = ProduceJobs.live(context, settings, source);
    return new Started("synthetic", live.job(), live.worker()::total, () -> "");
  }
}
