package dev.mdp.cli.stream;

import dev.mdp.cli.ConfigOptions;
import dev.mdp.cli.ExitCodes;
import dev.mdp.cli.Mdp;
import dev.mdp.cli.Progress;
import dev.mdp.cli.Wiring;
import dev.mdp.cli.run.Datasets;
import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.RunResult;
import dev.mdp.cli.run.Runs;
import dev.mdp.cli.run.Session;
import dev.mdp.cli.run.Workers;
import dev.mdp.config.BusConfig;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.providers.dataset.ReadOptions;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
      "  mdp stream replay --dataset xrpeth --speed max",
      "  mdp stream replay --dataset ticks_spy --from 2025-10-24T14:00:00Z --to 2025-10-24T15:00:00Z --speed 10x",
      "",
      "Exit codes: 0 sent, 2 bad range, 3 bars of another lane differ, 65 bad dataset or file,",
      "  69 bus or database unreachable, 78 configuration wrong.",
      "Reads bus, store, datasets, micro_batch and telemetry."
    })
final class StreamReplay implements Callable<Integer> {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      required = true,
      description = "One of datasets: in the configuration.")
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
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LoadedConfig loaded = ConfigOptions.load(spec);
    DatasetConfig config = Datasets.find(loaded.config(), dataset);
    MicroBatchConfig microBatch = loaded.config().microBatch();
    ReadOptions wanted =
        replay.read(spec, "probe", Collections.max(microBatch.windows()), microBatch.allowLate());
    try (Session session = Session.open(spec, loaded, "replay", run)) {
      Datasets.Replay job =
          Datasets.replay(
              session,
              config,
              wanted,
              new Pacing(speed, session.clock()),
              Mdp.of(spec).host().directory());
      Settling settling = settling(session);
      Map<Integer, Position> before = settling.standing(job.lane());
      Progress progress =
          new Progress(session.err(), Mdp.of(spec).host().stderrTerminal(), session.clock());
      Runnable tell =
          () -> progress.update(job.worker().total(), "sent", job.source().progress().orElse(0));
      RunResult result;
      try {
        result = new Runs(session, run, java.util.List.of(job.job()), tell).run();
      } finally {
        progress.clear();
      }
      session.say(
          String.format(
              Locale.ROOT,
              "done %.1f s   sent %d from %s in lane %s   %.0f/s",
              result.took().toMillis() / 1_000.0,
              job.worker().total(),
              dataset,
              job.lane(),
              job.worker().total() / Math.max(0.001, result.took().toMillis() / 1_000.0)));
      if (!job.worker().finished()) {
        session.say("ended before the last event: the lane is closed by its silence");
        return result.drained() ? ExitCodes.OK : ExitCodes.FAILURE;
      }
      return settle(session, settling, job.lane(), before);
    }
  }

  private static Settling settling(Session session) {
    BusConfig bus = session.config().bus();
    return new Settling(
        session.store().checkpoints(),
        Wiring.group(bus, Workers.MICRO_BATCHER),
        bus.topic(),
        bus.shards(),
        session.clock());
  }

  private int settle(Session session, Settling settling, String lane, Map<Integer, Position> before)
      throws InterruptedException {
    if (replay.settle().isZero()) {
      return ExitCodes.OK;
    }
    Settling.Outcome outcome = settling.await(lane, before, replay.settle());
    switch (outcome.state()) {
      case SETTLED -> session.say("settled: every window of lane " + lane + " is committed");
      case NO_WORKER ->
          session.say("no micro-batch owns this topic now: the bars follow when one starts");
      case TIMED_OUT ->
          throw new UnavailableException(
              "lane "
                  + lane
                  + " was not committed within "
                  + replay.settle().toSeconds()
                  + " s; see mdp stream checkpoints list");
    }
    if (outcome.conflicting() > 0) {
      session.say(
          outcome.conflicting()
              + " windows met a fuller or different bar of another lane; mdp verify bars --repair folds the union");
      return ExitCodes.FOUND;
    }
    return ExitCodes.OK;
  }
}
