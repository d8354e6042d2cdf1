package dev.mdp.cli.up;

import dev.mdp.cli.shell.UnknownName;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.config.SyntheticConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.runtime.Datasets;
import dev.mdp.runtime.FeedJobs;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.LiveSource;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.SourceFactory;
import dev.mdp.runtime.WorkerContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Where the events of `up` come from.
record UpFeed(String provider, @Nullable String dataset, List<Symbol> symbols) {
  private static final String DATASET = "dataset";

  /// @param sent events so far
  /// @param passedOver what was read and not sent, in words; empty when there is nothing to tell
  record Started(String name, Job job, LongSupplier sent, Supplier<String> passedOver) {}

  static void check(
      String provider, @Nullable String dataset, ProducersConfig producers, CommandSpec spec) {
    if (provider.equals(DATASET)) {
      if (dataset == null) {
        throw new ParameterException(spec.commandLine(), "--provider dataset needs --dataset NAME");
      }
    } else if (!producers.names().contains(provider)) {
      List<String> names = new ArrayList<>(producers.names());
      names.add(DATASET);
      throw new ParameterException(
          spec.commandLine(), UnknownName.message("--provider", "provider", provider, names));
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
              ReadOptions.all("probe", Micros.of(config.shards().allowLate())),
              new Pacing(Pacing.MAX_SPEED, context.clock()),
              directory);
      return new Started(
          "dataset " + dataset, replay.job(), replay.worker()::total, replay::passedOver);
    }
    return switch (context.config().producers().of(provider)) {
      case SyntheticConfig synthetic -> {
        LiveSource.Overrides overrides =
            new LiveSource.Overrides(
                symbols, OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty());
        LiveSource source = SourceFactory.synthetic(synthetic, overrides, context.clock());
        ProduceJobs.Live live = ProduceJobs.live(context, source);
        yield new Started(provider, live.job(), live.worker()::total, () -> "");
      }
      case VenueConfig venue -> {
        FeedJobs.Live live = FeedJobs.live(context, venue, symbols, Long.MAX_VALUE);
        yield new Started(provider, live.job(), live.worker().tally()::published, live::words);
      }
    };
  }
}
