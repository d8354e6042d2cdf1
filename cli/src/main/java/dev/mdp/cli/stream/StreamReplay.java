package dev.mdp.cli.stream;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.ConfigOptions;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.Progress;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.runtime.Datasets;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.WorkerContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mdp stream replay`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream replay --dataset NAME --speed max --output json",
      "  mdp stream replay --dataset NAME --from 2025-10-24 --to 2025-10-25 --speed 10x",
      "",
      "Exit codes: 0 sent, 2 bad range, 3 bars of another lane differ or ticks were lost,",
      "  65 bad dataset or file, 69 bus or database unreachable, 75 the metrics port is taken,",
      "  78 bad configuration.",
      "Configuration used: bus, store, datasets, micro_batch and telemetry."
    })
final class StreamReplay implements Callable<Integer>, ResultCommand {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "Name of a dataset under datasets: in the configuration.")
  String dataset = "";

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      defaultValue = "1x",
      converter = Speed.class,
      description = "1x, 0.5x, 100x or max (default: 1x).")
  double speed = 1;

  @Mixin ReplayOptions replay;
  @Mixin RunOptions run;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.stream.replay/v1";
  }

  @Override
  public Integer call() throws InterruptedException {
    LoadedConfig loaded = ConfigOptions.load(spec);
    DatasetConfig config = Datasets.find(loaded.config(), dataset);
    MicroBatchConfig microBatch = loaded.config().microBatch();
    ReadOptions wanted =
        replay.read(
            spec, "probe", Collections.max(microBatch.windows()), microBatch.shards().allowLate());
    try (WorkerContext context = WorkerContexts.open(spec, loaded, "replay", run)) {
      Datasets.Replay job =
          Datasets.replay(
              context,
              config,
              wanted,
              new Pacing(speed, context.clock()),
              RootCommand.of(spec).host().directory());
      ReplayEnd end = new ReplayEnd(context, config);
      end.begin(job.lane());
      RunResult result = send(context, job);
      context.say(done(job, result));
      boolean sound = result.isSound();
      boolean sentAll = job.worker().finished();
      boolean waits = sentAll && job.worker().total() > 0 && !replay.settle().isZero();
      boolean clean = true;
      if (waits) {
        clean = end.await(replay.settle(), job.reread());
      } else if (!sentAll) {
        context.say("ended before the last event: the lane is closed by its silence");
      }
      if (!output.isTable()) {
        output.printer(spec, schema()).object(result(job, end));
      }
      return sound ? clean ? ExitCodes.OK : ExitCodes.FOUND : ExitCodes.FAILURE;
    }
  }

  private RunResult send(WorkerContext context, Datasets.Replay job) {
    Progress progress =
        new Progress(
            spec.commandLine().getErr(),
            RootCommand.of(spec).host().stderrTerminal(),
            context.clock());
    Runnable tell =
        () -> progress.update(job.worker().total(), "sent", job.source().progress().orElse(0));
    try {
      return new JobRunner(context, run.limits(), List.of(job.job()), tell).run();
    } finally {
      progress.clear();
    }
  }

  private String done(Datasets.Replay job, RunResult result) {
    double seconds = result.took().toMillis() / 1_000.0;
    return String.format(
        Locale.ROOT,
        "done %.1f s   sent %d from %s in lane %s   %.0f/s%s",
        seconds,
        job.worker().total(),
        dataset,
        job.lane(),
        job.worker().total() / Math.max(0.001, seconds),
        job.passedOver());
  }

  private Map<String, @Nullable Object> result(Datasets.Replay job, ReplayEnd end) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("dataset", dataset);
    result.put("run", job.job().run());
    result.put("lane", job.lane());
    result.put("files", job.files().stream().map(Path::toString).toList());
    result.put("sent", job.worker().total());
    result.put("finished", job.worker().finished());
    result.put("seq_hashed", job.hashedSeq());
    result.put("skipped", Datasets.skipped(job.counts()));
    result.put("bad_lines", job.counts().badLines());
    result.put("first_bad_line", job.counts().firstBadLine());
    result.put("already_stored", job.counts().alreadyStored());
    result.put("numbered_on", job.counts().numberedOn());
    result.putAll(end.metadata());
    return result;
  }
}
