package dev.mdp.cli.stream;

import dev.mdp.cli.run.ListedSymbolsCheck;
import dev.mdp.cli.run.ProvidersOption;
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
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.LiveSource;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.Producer;
import dev.mdp.runtime.RunResult;
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
      "  mdp stream produce --provider coinbase,kraken",
      "",
      "A venue's trades are published once each; what was missed is asked for again and published in",
      "a separate lane. One process publishes a provider's shard; another one stands by.",
      "Several providers run side by side, each with its configured symbols; when one of them fails,",
      "the others drain, and the exit code is that of the failure.",
      "If the bus stops accepting events, synthetic catches up on at most the last second and skips",
      "older ticks; the last line says how many, and when they were due.",
      "Exit codes: 0 ended or drained, 2 no such provider or symbol, 69 bus or database unreachable,",
      "  75 the metrics port is taken, 78 bad configuration, the provider disabled, or the venue's",
      "  clock too far ahead of this machine's.",
      "Recorded data is sent by mdp stream replay.",
      "Configuration used: bus, store, producers, telemetry and micro_batch.max_future_ms."
    })
final class StreamProduce implements Callable<Integer> {
  @Option(
      names = "--provider",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "synthetic",
      description =
          "Where the events come from: synthetic, coinbase, kraken, binance, binance_agg, or a name"
              + " under producers:; several separated by commas (default: synthetic).")
  List<String> providers = new ArrayList<>();

  @Option(
      names = "--symbols",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Symbols to use instead of the configured ones, e.g. SPY,AAPL.")
  List<String> symbols = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "synthetic: ticks per second and symbol (default: producers.synthetic.tick_rate).")
  @Nullable Double rate;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "End after N events of each provider, or soon after.")
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
    List<Symbol> named = SymbolsOption.parse(symbols, spec);
    List<ProviderConfig> configs = configs(loaded);
    ProvidersOption.require(providers, named, spec);
    if (configs.stream().noneMatch(SyntheticConfig.class::isInstance)) {
      requireOfRandomWalk("--rate", rate);
      requireOfRandomWalk("--seed", seed);
    }
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "produce", run)) {
      List<Producer> producers = new ArrayList<>();
      for (ProviderConfig config : configs) {
        if (config instanceof VenueConfig venue) {
          ListedSymbolsCheck.require(spec, context, venue, named);
        }
        producers.add(Producer.start(context, config, overrides(named)));
      }
      RunResult result =
          new JobRunner(
                  context, run.limits(), producers.stream().map(Producer::job).toList(), () -> {})
              .run();
      tell(context, result, producers);
      return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }

  private List<ProviderConfig> configs(LoadedConfig loaded) {
    List<ProviderConfig> configs = new ArrayList<>();
    for (String provider : providers) {
      ProviderNames.require(provider, loaded.config().producers(), spec);
      ProviderConfig config = loaded.config().producers().of(provider);
      ProduceJobs.requireEnabled(config, loaded.source());
      configs.add(config);
    }
    return configs;
  }

  private LiveSource.Overrides overrides(List<Symbol> named) {
    return new LiveSource.Overrides(
        named,
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
  }

  private static void tell(WorkerContext context, RunResult result, List<Producer> producers) {
    String took = String.format(Locale.ROOT, "done %.1f s", result.took().toMillis() / 1_000.0);
    if (producers.size() == 1) {
      context.say(took + "   " + producers.getFirst().words().get());
      return;
    }
    context.say(took);
    producers.forEach(each -> context.say("%-12s %s".formatted(each.name(), each.words().get())));
  }

  private void requireOfRandomWalk(String option, @Nullable Number value) {
    if (value != null) {
      throw new ParameterException(
          spec.commandLine(),
          option
              + " is for --provider synthetic; "
              + String.join(", ", providers)
              + " sends what the venue sends");
    }
  }

  private void requirePositive(String option, @Nullable Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new ParameterException(spec.commandLine(), option + ": must be positive, was " + value);
    }
  }
}
