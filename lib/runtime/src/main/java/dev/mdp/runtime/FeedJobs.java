package dev.mdp.runtime;

import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.feed.FeedPorts;
import dev.mdp.pipeline.feed.FeedSettings;
import dev.mdp.pipeline.feed.FeedTally;
import dev.mdp.pipeline.feed.FeedWorker;
import dev.mdp.pipeline.feed.FillWorker;
import dev.mdp.pipeline.feed.NoLiveFeed;
import dev.mdp.pipeline.worker.Pause;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The jobs that publish a venue's trades.
public final class FeedJobs {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int BATCH = 2_000;

  private FeedJobs() {}

  /// A feed's worker and job.
  public record Live(FeedWorker worker, Job job) {
    /// What is told of it at the end.
    public String words() {
      FeedTally tally = worker.tally();
      return "sent %d   filled %d   known %d   refused %d   disconnects %d   holes %d open of %d ids"
          .formatted(
              tally.published(),
              tally.filled(),
              tally.known(),
              tally.unusable(),
              tally.disconnects(),
              tally.openGaps(),
              tally.openIds());
    }
  }

  /// Throws [ConfigException] when no symbol is named.
  ///
  /// @param symbols in place of the configured ones; empty for those
  /// @param limit after how many live trades it ends by itself; [Long#MAX_VALUE] for never
  public static Live live(
      WorkerContext context, VenueConfig config, List<Symbol> symbols, long limit) {
    List<Symbol> wanted = symbols.isEmpty() ? config.symbols() : symbols;
    if (wanted.isEmpty()) {
      throw new ConfigException(
          "%s: no symbol is named: start with --symbols %s, or set producers.%s.symbols"
              .formatted(
                  config.name(),
                  String.join(",", FeedFactory.examples(config.type())),
                  config.name()));
    }
    long run = context.startRun("produce", JobRuns.Mode.LIVE, null, config.name(), wanted);
    FeedFactory.Feed feed = FeedFactory.open(config, context.store(), context.clock());
    FeedWorker worker =
        new FeedWorker(
            new FeedSettings(
                context.config().bus().topic(),
                ConsumerNames.random(),
                run,
                wanted,
                LEASE,
                BATCH,
                context.config().microBatch().maxFuture(),
                limit),
            new FeedPorts(
                context.bus(),
                context.store().feeds(),
                context.store().askedGaps(),
                context.store().storedIds(),
                feed.live(),
                Optional.of(feed.history()),
                FeedJobs::request,
                context.metrics().feeds(),
                context.clock(),
                Pause.sleeping()));
    FeedTally tally = worker.tally();
    return new Live(
        worker,
        new Job(
            "produce",
            JobRuns.Mode.LIVE,
            run,
            List.of(worker),
            List::of,
            () -> tally.published() + tally.filled(),
            () -> metadata(config, tally),
            () -> 0));
  }

  /// A worker that fills what was asked for, and its job.
  public record Fill(FillWorker worker, Job job) {}

  /// Fills the holes that operators asked for, of shards that no process publishes.
  ///
  /// @param symbols those with holes
  /// @param patience for how long it asks again for what the venue does not give at once
  public static Fill fill(
      WorkerContext context, VenueConfig config, List<Symbol> symbols, Duration patience) {
    long run = context.startRun("feeds-fill", JobRuns.Mode.BACKFILL, null, config.name(), symbols);
    FillWorker worker =
        new FillWorker(
            new FeedSettings(
                context.config().bus().topic(),
                ConsumerNames.random(),
                run,
                symbols,
                LEASE,
                BATCH,
                context.config().microBatch().maxFuture(),
                Long.MAX_VALUE),
            new FeedPorts(
                context.bus(),
                context.store().feeds(),
                context.store().askedGaps(),
                context.store().storedIds(),
                new NoLiveFeed(config.name()),
                Optional.of(FeedFactory.history(config, context.store(), context.clock())),
                FeedJobs::request,
                context.metrics().feeds(),
                context.clock(),
                Pause.sleeping()),
            patience);
    FeedTally tally = worker.tally();
    return new Fill(
        worker,
        new Job(
            "feeds-fill",
            JobRuns.Mode.BACKFILL,
            run,
            List.of(worker),
            List::of,
            tally::filled,
            () -> Map.of("filled", tally.filled()),
            () -> 0));
  }

  private static void request(Runnable task) {
    Thread.ofVirtual().name("feed-history").start(task);
  }

  private static Map<String, Object> metadata(VenueConfig config, FeedTally tally) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("sent", Map.of(config.name(), tally.published() + tally.filled()));
    metadata.put("filled", tally.filled());
    metadata.put("known", tally.known());
    metadata.put("refused", tally.unusable());
    metadata.put("disconnects", tally.disconnects());
    metadata.put("gaps_found", tally.gapsFound());
    metadata.put("gaps_open", tally.openGaps());
    metadata.put("ids_open", tally.openIds());
    return metadata;
  }
}
