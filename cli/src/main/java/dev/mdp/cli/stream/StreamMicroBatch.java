package dev.mdp.cli.stream;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.UntilIdleOption;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.event.Interval;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.runtime.Balance;
import dev.mdp.runtime.ConsumerNames;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.MicroBatchJobs;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.WorkerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `mdp stream micro-batch`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream micro-batch --config configs/streaming.yaml --window 2s,1m,5m",
      "  mdp stream micro-batch --until-idle 3s",
      "",
      "Exit codes: 0 ended or drained, 3 a replay met fuller or different bars,",
      "  65 the log lost entries, 69 bus or database unreachable, 75 the metrics port is taken,",
      "  78 bad configuration.",
      "Configuration used: bus, store, micro_batch and telemetry."
    })
final class StreamMicroBatch implements Callable<Integer> {
  @Option(
      names = "--window",
      paramLabel = "INTERVAL",
      split = ",",
      description = "The bars to build, e.g. 2s,1m,5m (default: micro_batch.windows or window_ms).")
  List<String> windows = new ArrayList<>();

  @Option(
      names = "--consumer",
      paramLabel = "NAME",
      description =
          "Prefix of the owner's name in checkpoints; a random part is added (default: host and pid).")
  @Nullable String consumer;

  @Option(
      names = "--accept-data-loss",
      description = "Continue although the log lost entries that were still needed.")
  boolean acceptDataLoss;

  @Option(
      names = "--drop-intervals",
      description =
          "Take over shards even if the group builds other intervals; those are no longer built.")
  boolean dropIntervals;

  @Mixin RunOptions run;
  @Mixin UntilIdleOption untilIdle;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    windows.forEach(this::requireInterval);
    List<String> flags =
        windows.isEmpty()
            ? List.of()
            : List.of("micro_batch.windows=[" + String.join(", ", windows) + "]");
    LoadedConfig loaded = ConfigOptions.load(spec, flags, false);
    List<Interval> intervals = loaded.config().microBatch().windows();
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "micro-batch", run)) {
      MicroBatchJobs.MicroBatchJob job =
          MicroBatchJobs.create(
              context,
              context.store().checkpoints(),
              ConsumerNames.unique(consumer),
              intervals,
              new MicroBatchJobs.Leave(acceptDataLoss, dropIntervals),
              untilIdle.watching(context.clock()));
      RunResult result = new JobRunner(context, run.limits(), List.of(job.job()), () -> {}).run();
      long conflicting = job.job().findings().getAsLong();
      context.say(
          String.format(
              Locale.ROOT,
              "done %.1f s   %s   open windows kept %d",
              result.took().toMillis() / 1_000.0,
              Balance.of(job.job().ledger().get()).line(Map.of()),
              job.workers().stream().mapToLong(MicroBatchWorker::keptOpenWindows).sum()));
      if (conflicting > 0) {
        context.warn(
            conflicting
                + " windows of a replay met a fuller or different bar; when all its ticks are stored (mdp stream replay says how many were lost), mdp verify bars --repair folds the union");
        return ExitCodes.FOUND;
      }
      return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }

  private void requireInterval(String text) {
    try {
      Interval.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--window: " + e.getMessage(), e);
    }
  }
}
