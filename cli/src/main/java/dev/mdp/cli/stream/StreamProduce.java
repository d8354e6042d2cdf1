package dev.mdp.cli.stream;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.ProviderNames;
import dev.mdp.cli.shell.SymbolsOption;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.ProviderConfig;
import dev.mdp.config.SyntheticConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.runtime.FeedJobs;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.LiveSource;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.SourceFactory;
import dev.mdp.runtime.WorkerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream produce`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream produce --provider synthetic --symbols SPY,AAPL --rate 10",
      "  mdp stream produce --provider synthetic --limit 1000 --seed 7",
      "  mdp stream produce --provider coinbase --symbols BTC-USD,ETH-USD",
      "",
      "A venue's trades are published once each; what was missed is asked for again and published in",
      "a separate lane. One process publishes a provider's shard; another one stands by.",
      "If the bus takes nothing for a while, synthetic catches up on the last second; ticks due",
      "earlier are skipped. The last line says how many were skipped, and when they were due.",
      "Exit codes: 0 ended or drained, 2 no such provider, 69 bus or database unreachable,",
      "  75 the metrics port is taken, 78 configuration wrong or the provider disabled.",
      "Recorded data is sent by mdp stream replay.",
      "Reads bus, store, producers and telemetry."
    })
final class StreamProduce implements Callable<Integer> {
  @Option(
      names = "--provider",
      paramLabel = "NAME",
      defaultValue = "synthetic",
      description =
          "Where the events come from: synthetic, coinbase, kraken, binance, binance_agg, or a name"
              + " under producers: (default: synthetic).")
  String provider = "synthetic";

  @Option(
      names = "--symbols",
      paramLabel = "SYMBOL",
      split = ",",
      description = "In place of the configured ones, e.g. SPY,AAPL.")
  List<String> symbols = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "synthetic: ticks per second and symbol (default: producers.synthetic.tick_rate).")
  @Nullable Double rate;

  @Option(names = "--limit", paramLabel = "N", description = "End after N events, or soon after.")
  @Nullable Long limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "synthetic: the seed of the random walk (default: producers.synthetic.seed).")
  @Nullable Long seed;

  @Mixin RunOptions run;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    requirePositive("--limit", limit);
    requirePositive("--rate", rate);
    LoadedConfig loaded = ConfigOptions.load(spec);
    ProviderNames.require(provider, loaded.config().producers(), spec);
    ProviderConfig config = loaded.config().producers().of(provider);
    ProduceJobs.requireEnabled(config, loaded.source());
    List<Symbol> named = SymbolsOption.parse(symbols, spec);
    if (config instanceof VenueConfig) {
      requireOfRandomWalk("--rate", rate);
      requireOfRandomWalk("--seed", seed);
    }
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "produce", run)) {
      return switch (config) {
        case SyntheticConfig synthetic -> synthetic(context, synthetic, named);
        case VenueConfig venue -> venue(context, venue, named);
      };
    }
  }

  private int synthetic(WorkerContext context, SyntheticConfig config, List<Symbol> named) {
    LiveSource.Overrides overrides =
        new LiveSource.Overrides(
            named,
            rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
            limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    LiveSource source = SourceFactory.synthetic(config, overrides, context.clock());
    ProduceJobs.Live live = ProduceJobs.live(context, source);
    RunResult result = run(context, live.job());
    ProduceWorker worker = live.worker();
    return told(
        context, result, "sent %d   %s".formatted(worker.total(), source.skippedWords().get()));
  }

  private int venue(WorkerContext context, VenueConfig config, List<Symbol> named) {
    FeedJobs.Live live =
        FeedJobs.live(context, config, named, limit == null ? Long.MAX_VALUE : limit);
    RunResult result = run(context, live.job());
    return told(context, result, live.words());
  }

  private RunResult run(WorkerContext context, Job job) {
    return new JobRunner(context, run.limits(), List.of(job), () -> {}).run();
  }

  private static int told(WorkerContext context, RunResult result, String words) {
    context.say(
        String.format(Locale.ROOT, "done %.1f s   %s", result.took().toMillis() / 1_000.0, words));
    return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private void requireOfRandomWalk(String option, @Nullable Number value) {
    if (value != null) {
      throw new ParameterException(
          spec.commandLine(),
          option + " is for --provider synthetic; " + provider + " sends what the venue sends");
    }
  }

  private void requirePositive(String option, @Nullable Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new ParameterException(spec.commandLine(), option + ": must be positive, was " + value);
    }
  }
}
