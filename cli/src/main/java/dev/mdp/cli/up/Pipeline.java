package dev.mdp.cli.up;

import dev.mdp.cli.Mdp;
import dev.mdp.cli.Terminal;
import dev.mdp.cli.Version;
import dev.mdp.cli.run.Balance;
import dev.mdp.cli.run.Job;
import dev.mdp.cli.run.RunOptions;
import dev.mdp.cli.run.RunResult;
import dev.mdp.cli.run.Runs;
import dev.mdp.cli.run.Session;
import dev.mdp.cli.run.Workers;
import dev.mdp.config.BusConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.core.event.Interval;
import dev.mdp.core.store.WriteResult;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Producer, micro-batch and ticks in one process, with the live view. One use.
final class Pipeline {
  private final CommandSpec spec;
  private final LoadedConfig loaded;
  private final RunOptions options;
  private final Feed feed;
  private final List<String> servers;
  private final String next;

  Pipeline(
      CommandSpec spec,
      LoadedConfig loaded,
      RunOptions options,
      Feed feed,
      List<String> servers,
      String next) {
    this.spec = spec;
    this.loaded = loaded;
    this.options = options;
    this.feed = feed;
    this.servers = servers;
    this.next = next;
  }

  /// Answers whether everything drained in time.
  boolean run() {
    Mdp mdp = Mdp.of(spec);
    try (Session session = Session.openAndMigrate(spec, loaded, "up", options)) {
      session.bus().topics().create(loaded.config().bus().topics(), 0);
      String owner = Workers.consumerName();
      BarWatch bars = new BarWatch(session.store().checkpoints());
      Workers.MicroBatchJob microBatch =
          Workers.microBatch(
              session,
              bars,
              owner,
              loaded.config().microBatch().windows(),
              false,
              UnaryOperator.identity());
      Job ticks =
          Workers.ticks(
              session,
              owner,
              loaded.config().ticks().batchSize(),
              loaded.config().ticks().flushTimeout(),
              UnaryOperator.identity());
      Feed.Started source = feed.start(session, mdp.host().directory());
      greet(session, source.name());
      int width = mdp.host().stderrTerminal() ? Terminal.widthOfErr(mdp.host()) : 0;
      LiveView view = new LiveView(bars, source.sent(), session.err(), width, session.clock());
      RunResult result =
          new Runs(session, options, List.of(microBatch.job(), ticks, source.job()), view).run();
      view.end();
      sumUp(session, result, microBatch, bars.written());
      session.say("next       " + next);
      return result.isSound();
    }
  }

  private void greet(Session session, String source) {
    BusConfig bus = loaded.config().bus();
    MicroBatchConfig config = loaded.config().microBatch();
    session.say(
        "mdp %s  %s (fingerprint %s)  metrics %s/metrics"
            .formatted(
                Version.text(), loaded.source(), loaded.fingerprint(), session.metricsUrl()));
    servers.forEach(session::say);
    session.say(
        "producing  %s → %s · micro-batch %s (+%d ms) → bars_ohlcv · ticks → tick_data"
            .formatted(
                source,
                bus.topic(),
                config.windows().stream().map(Interval::toString).collect(Collectors.joining(", ")),
                config.allowLate().toMillis()));
  }

  private static void sumUp(
      Session session, RunResult result, Workers.MicroBatchJob microBatch, WriteResult bars) {
    long open = microBatch.workers().stream().mapToLong(MicroBatchWorker::keptOpenWindows).sum();
    session.say(
        String.format(
            Locale.ROOT,
            "done       %.1f s   %s   bars %d inserted, %d updated   %d open window%s kept for the next start",
            result.took().toMillis() / 1_000.0,
            Balance.of(microBatch.job().ledger().get()).line(Map.of()),
            bars.inserted(),
            bars.updated(),
            open,
            open == 1 ? "" : "s"));
  }
}
