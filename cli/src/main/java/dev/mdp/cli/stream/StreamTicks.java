package dev.mdp.cli.stream;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.UntilIdleOption;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.config.LoadedConfig;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.runtime.Balance;
import dev.mdp.runtime.ConsumerNames;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.TickJobs;
import dev.mdp.runtime.WorkerContext;
import java.time.Duration;
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

/// `mdp stream ticks`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream ticks --config configs/streaming.yaml",
      "  mdp stream ticks --batch-size 5000 --flush-timeout 500ms --until-idle 3s",
      "",
      "Exit codes: 0 ended or drained, 65 the log lost entries or was replaced,",
      "  69 bus or database unreachable, 75 the metrics port is taken, 78 bad configuration.",
      "Configuration used: bus, store, ticks, micro_batch.max_future_ms and telemetry."
    })
final class StreamTicks implements Callable<Integer> {
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Ticks that trigger a commit before the flush timeout (default: ticks.batch_size).")
  @Nullable Integer batchSize;

  @Option(
      names = "--flush-timeout",
      paramLabel = "DURATION",
      description =
          "Longest time a tick waits before it is committed (default: ticks.flush_timeout_ms).")
  @Nullable Duration flushTimeout;

  @Option(
      names = "--consumer",
      paramLabel = "NAME",
      description = "This member's name in the consumer group (default: host and pid).")
  @Nullable String consumer;

  @Option(
      names = "--accept-data-loss",
      description =
          "Continue although the log lost entries that were still needed, or is a different one.")
  boolean acceptDataLoss;

  @Mixin RunOptions run;
  @Mixin UntilIdleOption untilIdle;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (batchSize != null && batchSize <= 0) {
      throw new ParameterException(
          spec.commandLine(), "--batch-size: must be positive, was " + batchSize);
    }
    List<String> flags = new java.util.ArrayList<>();
    if (batchSize != null) {
      flags.add("ticks.batch_size=" + batchSize);
    }
    if (flushTimeout != null) {
      flags.add("ticks.flush_timeout_ms=" + flushTimeout.toMillis());
    }
    LoadedConfig loaded = ConfigOptions.load(spec, flags, false);
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "ticks", run)) {
      Job job =
          TickJobs.create(
              context,
              consumer == null ? ConsumerNames.random() : consumer,
              loaded.config().ticks().batchSize(),
              loaded.config().ticks().flushTimeout(),
              acceptDataLoss,
              untilIdle.watching(context.clock()));
      RunResult result = new JobRunner(context, run.limits(), List.of(job), () -> {}).run();
      context.say(
          String.format(
              Locale.ROOT,
              "done %.1f s   %s",
              result.took().toMillis() / 1_000.0,
              Balance.of(job.ledger().get()).line(Map.of(Outcome.AGGREGATED, "stored"))));
      return result.isSound() ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }
}
