package dev.mdp.cli.stream;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.ProviderNames;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.ProducersConfig;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.ProduceJobs;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.SourceFactory;
import dev.mdp.runtime.WorkerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      "",
      "When the bus takes nothing for a while, a live feed makes up for the last second; ticks due",
      "before are not made. The last line says how many were skipped, and when they were due.",
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
      description = "Where the events come from: synthetic (default: synthetic).")
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
      description = "Ticks per second and symbol (default: producers.synthetic.tick_rate).")
  @Nullable Double rate;

  @Option(names = "--limit", paramLabel = "N", description = "End after N events.")
  @Nullable Long limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the random walk (default: producers.synthetic.seed).")
  @Nullable Long seed;

  @Mixin RunOptions run;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ProviderNames.require(provider, spec);
    requirePositive("--limit", limit);
    requirePositive("--rate", rate);
    LoadedConfig loaded = ConfigOptions.load(spec);
    ProducersConfig.Synthetic config = loaded.config().producers().synthetic();
    ProduceJobs.requireEnabled(config, loaded.source());
    SyntheticSettings settings =
        SourceFactory.synthetic(
            config,
            symbols(),
            rate == null ? config.tickRate() : rate,
            seed == null ? config.seed() : seed,
            limit == null ? SyntheticSettings.NO_LIMIT : limit);
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "produce", run)) {
      SyntheticSource source = new SyntheticSource(settings, context.clock());
      ProduceJobs.Live live = ProduceJobs.live(context, settings, source);
      Job job = live.job();
      RunResult result = new JobRunner(context, run.limits(), List.of(job), () -> {}).run();
      ProduceWorker worker = live.worker();
      context.say(
          String.format(
              Locale.ROOT,
              "done %.1f s   sent %d   %s",
              result.took().toMillis() / 1_000.0,
              worker.total(),
              source.skipped().words()));
      return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }

  private void requirePositive(String option, @Nullable Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new ParameterException(spec.commandLine(), option + ": must be positive, was " + value);
    }
  }

  private List<Symbol> symbols() {
    try {
      return symbols.stream().map(Symbol::of).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbols: " + e.getMessage(), e);
    }
  }
}
