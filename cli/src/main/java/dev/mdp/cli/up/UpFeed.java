package dev.mdp.cli.up;

import dev.mdp.cli.run.ListedSymbolsCheck;
import dev.mdp.cli.run.ProvidersOption;
import dev.mdp.cli.shell.UnknownName;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.config.ProviderConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.runtime.Datasets;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.LiveSource;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.Producer;
import dev.mdp.runtime.WorkerContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Where the events of `up` come from.
record UpFeed(List<String> providers, @Nullable String dataset, List<Symbol> symbols) {
  private static final String DATASET = "dataset";

  UpFeed {
    providers = List.copyOf(providers);
    symbols = List.copyOf(symbols);
  }

  /// @param sent events so far
  /// @param passedOver what was read and not sent, in words; empty when there is nothing to tell
  record Started(String name, List<Job> jobs, LongSupplier sent, Supplier<String> passedOver) {}

  /// Throws `ParameterException` (exit 2) for names that are none, and
  /// [dev.mdp.core.error.ConfigException] for a provider that is disabled.
  void check(LoadedConfig loaded, CommandSpec spec) {
    ProvidersOption.require(providers, symbols, spec);
    ProducersConfig producers = loaded.config().producers();
    for (String provider : providers) {
      if (provider.equals(DATASET)) {
        requireDatasetAlone(spec);
      } else if (!producers.names().contains(provider)) {
        List<String> names = new ArrayList<>(producers.names());
        names.add(DATASET);
        throw new ParameterException(
            spec.commandLine(), UnknownName.message("--provider", "provider", provider, names));
      } else {
        ProduceJobs.requireEnabled(producers.of(provider), loaded.source());
      }
    }
  }

  private void requireDatasetAlone(CommandSpec spec) {
    if (dataset == null) {
      throw new ParameterException(spec.commandLine(), "--provider dataset needs --dataset NAME");
    }
    if (providers.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--provider: a dataset is not sent beside other providers");
    }
  }

  /// Whether its events are in their own lane.
  boolean isReplay() {
    return providers.contains(DATASET);
  }

  Started start(CommandSpec spec, WorkerContext context, Path directory) {
    if (dataset != null) {
      return replay(dataset, context, directory);
    }
    LiveSource.Overrides overrides =
        new LiveSource.Overrides(
            symbols, OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty());
    List<Producer> started = new ArrayList<>();
    for (String provider : providers) {
      ProviderConfig config = context.config().producers().of(provider);
      if (config instanceof VenueConfig venue) {
        ListedSymbolsCheck.require(spec, context, venue, symbols);
      }
      started.add(Producer.start(context, config, overrides));
    }
    return new Started(
        String.join(", ", providers),
        started.stream().map(Producer::job).toList(),
        () -> started.stream().mapToLong(each -> each.sent().getAsLong()).sum(),
        () ->
            started.stream()
                .map(each -> each.passedOver().get())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; ")));
  }

  private static Started replay(String dataset, WorkerContext context, Path directory) {
    MicroBatchConfig config = context.config().microBatch();
    Datasets.Replay replay =
        Datasets.replay(
            context,
            Datasets.find(context.config(), dataset),
            ReadOptions.all("probe", Micros.of(config.shards().allowLate())),
            new Pacing(Pacing.MAX_SPEED, context.clock()),
            directory);
    return new Started(
        "dataset " + dataset, List.of(replay.job()), replay.worker()::total, replay::passedOver);
  }
}
