package dev.mdp.cli.stream;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.UntilIdleOption;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.runtime.Balance;
import dev.mdp.runtime.ConsumerNames;
import dev.mdp.runtime.InferJobs;
import dev.mdp.runtime.InferenceLoader;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.ReloadSignal;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.StopSignals;
import dev.mdp.runtime.WorkerContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp stream infer`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream infer --config configs/streaming.yaml",
      "  mdp stream infer --adapter onnx --set inference.adapters.onnx.model_path=model.onnx",
      "",
      "SIGHUP reads the rules again; if they do not load, the old ones stay in use.",
      "Exit codes: 0 ended or drained, 65 bad rules or model, or the log lost entries,",
      "  69 bus or database unreachable, 75 the metrics port is taken, 78 bad configuration.",
      "Configuration used: bus, store, features, inference, micro_batch and telemetry."
    })
final class StreamInfer implements Callable<Integer> {
  @Option(
      names = "--adapter",
      paramLabel = "ADAPTER",
      description =
          "rules, or onnx for a model with the rules as its fallback (default: as configured).")
  InferenceLoader.@Nullable Adapter adapter;

  @Option(
      names = "--consumer",
      paramLabel = "NAME",
      description = "The owner's name in checkpoints; unique per process (default: host and pid).")
  @Nullable String consumer;

  @Option(
      names = "--include-replays",
      description = "Evaluate replays too; by default they are counted as filtered.")
  boolean includeReplays;

  @Option(
      names = "--accept-data-loss",
      description = "Continue although the log lost entries that were still needed.")
  boolean acceptDataLoss;

  @Mixin RunOptions run;
  @Mixin UntilIdleOption untilIdle;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    LoadedConfig loaded = ConfigOptions.load(spec);
    RootCommand root = RootCommand.of(spec);
    try (InferenceLoader inference =
            new InferenceLoader(
                loaded.config(),
                root.host().directory(),
                Optional.ofNullable(adapter),
                root.host().clock());
        WorkerContext context = WorkerContexts.open(spec, loaded, "infer", run);
        ReloadSignal _ = new ReloadSignal(inference::reload)) {
      inference.get().rules().notices().forEach(context::say);
      RootCommand.of(spec)
          .names()
          .remember(
              KnownKind.RULE,
              inference.get().rules().rules().stream().map(RuleSpec::name).toList());
      Job job =
          InferJobs.infer(
              context,
              context.store().checkpoints(),
              inference,
              new InferJobs.Choice(ConsumerNames.unique(consumer), includeReplays, acceptDataLoss),
              untilIdle.watching(context.clock()));
      RunResult result =
          new JobRunner(
                  context, run.limits(), List.of(job), () -> {}, StopSignals.Hangup.LEFT_ALONE)
              .run();
      context.say(
          String.format(
              Locale.ROOT,
              "done %.1f s   %s",
              result.took().toMillis() / 1_000.0,
              Balance.of(job.ledger().get()).line(Map.of())));
      return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }
}
