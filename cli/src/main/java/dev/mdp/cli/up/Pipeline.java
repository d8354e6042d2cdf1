package dev.mdp.cli.up;

import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.WorkerContexts;
import dev.mdp.cli.shell.RootCommand;
import dev.mdp.cli.shell.Terminal;
import dev.mdp.config.BusConfig;
import dev.mdp.config.InferenceConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.core.event.Interval;
import dev.mdp.core.store.WriteResult;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.runtime.Balance;
import dev.mdp.runtime.BuildVersion;
import dev.mdp.runtime.ConsumerNames;
import dev.mdp.runtime.InferJobs;
import dev.mdp.runtime.InferenceLoader;
import dev.mdp.runtime.Job;
import dev.mdp.runtime.JobRunner;
import dev.mdp.runtime.MicroBatchJobs;
import dev.mdp.runtime.RunResult;
import dev.mdp.runtime.TickJobs;
import dev.mdp.runtime.WorkerContext;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Producer, micro-batch and ticks in one process, with the live view. One use.
final class Pipeline {
  private final CommandSpec spec;
  private final LoadedConfig loaded;
  private final RunOptions options;
  private final UpFeed feed;
  private final List<String> servers;
  private final boolean dropIntervals;
  private final String next;

  Pipeline(
      CommandSpec spec,
      LoadedConfig loaded,
      RunOptions options,
      UpFeed feed,
      List<String> servers,
      boolean dropIntervals,
      String next) {
    this.spec = spec;
    this.loaded = loaded;
    this.options = options;
    this.feed = feed;
    this.servers = servers;
    this.dropIntervals = dropIntervals;
    this.next = next;
  }

  /// Returns whether everything drained in time.
  boolean run() {
    RootCommand root = RootCommand.of(spec);
    Optional<InferenceLoader> inference = inference(root);
    try (WorkerContext context = WorkerContexts.openForUp(spec, loaded, options)) {
      context.bus().topics().create(loaded.config().bus().topics(), 0);
      String owner = ConsumerNames.random();
      BarWatch bars = new BarWatch(context.store().checkpoints().commits());
      MicroBatchJobs.MicroBatchJob microBatch =
          MicroBatchJobs.create(
              context,
              context.store().checkpoints().with(bars),
              owner,
              loaded.config().microBatch().windows(),
              new MicroBatchJobs.Leave(false, dropIntervals),
              UnaryOperator.identity());
      Job ticks =
          TickJobs.create(
              context,
              owner,
              loaded.config().ticks().batchSize(),
              loaded.config().ticks().flushTimeout(),
              false,
              UnaryOperator.identity());
      UpFeed.Started source = feed.start(spec, context, root.host().directory());
      List<Job> jobs = new ArrayList<>(List.of(microBatch.job(), ticks));
      jobs.addAll(source.jobs());
      inference.ifPresent(rules -> jobs.add(infer(context, bars, owner, rules)));
      greet(context, source.name());
      inference.ifPresent(rules -> greetInference(context, rules));
      boolean terminal = root.host().stderrTerminal() && RootCommand.of(spec).stderr().isText();
      IntSupplier columns = () -> terminal ? Terminal.widthOfErr(root.host()) : 0;
      LiveView view =
          new LiveView(
              bars, source.sent(), RootCommand.of(spec).stderr(), columns, context.clock());
      RunResult result = new JobRunner(context, options.limits(), jobs, view).run();
      view.end();
      sumUp(context, result, microBatch, bars);
      if (!source.passedOver().get().isEmpty()) {
        context.say(
            "%-10s %s"
                .formatted(
                    feed.isReplay() ? "dataset" : "feed", source.passedOver().get().strip()));
      }
      context.say("next       " + next);
      return result.isSound();
    } finally {
      inference.ifPresent(InferenceLoader::close);
    }
  }

  /// Empty when there are no rules to go by.
  private Optional<InferenceLoader> inference(RootCommand root) {
    InferenceConfig config = loaded.config().inference();
    boolean rules =
        config.rules().enabled()
            && Files.exists(root.host().directory().resolve(config.rules().file()));
    return rules || config.onnx().enabled()
        ? Optional.of(
            new InferenceLoader(
                loaded.config(), root.host().directory(), Optional.empty(), root.host().clock()))
        : Optional.empty();
  }

  private Job infer(
      WorkerContext context, BarWatch watch, String owner, InferenceLoader inference) {
    return InferJobs.infer(
        context,
        context.store().checkpoints().with(watch),
        inference,
        new InferJobs.Choice(owner, feed.isReplay(), false),
        UnaryOperator.identity());
  }

  private void greet(WorkerContext context, String source) {
    BusConfig bus = loaded.config().bus();
    MicroBatchConfig config = loaded.config().microBatch();
    context.say(
        "mdp %s  %s (fingerprint %s)  metrics %s"
            .formatted(
                BuildVersion.text(),
                loaded.source(),
                loaded.fingerprint(),
                context.metricsPlace()));
    servers.forEach(context::say);
    context.say(
        "producing  %s → %s · micro-batch %s (+%d ms) → bars_ohlcv · ticks → tick_data"
            .formatted(
                source,
                bus.topic(),
                config.windows().stream().map(Interval::toString).collect(Collectors.joining(", ")),
                config.shards().allowLate().toMillis()));
  }

  private void greetInference(WorkerContext context, InferenceLoader inference) {
    inference.get().rules().notices().forEach(notice -> context.say("features   " + notice));
    context.say(
        "signals    %d rules%s every %s → signals · %s"
            .formatted(
                inference.get().rules().size(),
                inference.get().model().isPresent() ? " and a model," : ",",
                InferenceLoader.every(loaded.config()),
                loaded.config().bus().signalsTopic()));
  }

  private static void sumUp(
      WorkerContext context,
      RunResult result,
      MicroBatchJobs.MicroBatchJob microBatch,
      BarWatch watch) {
    WriteResult bars = watch.written();
    long open = microBatch.workers().stream().mapToLong(MicroBatchWorker::keptOpenWindows).sum();
    context.say(
        String.format(
            Locale.ROOT,
            "done       %.1f s   %s   bars %d inserted, %d updated   %d open window%s kept for the"
                + " next start%s",
            result.took().toMillis() / 1_000.0,
            Balance.of(microBatch.job().ledger().get()).line(Map.of()),
            bars.inserted(),
            bars.updated(),
            open,
            open == 1 ? "" : "s",
            watch.signals() == 0 ? "" : "   signals " + watch.signals()));
  }
}
