package dev.mdp.bench;

import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.core.metrics.FeedMetrics;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.feed.FeedPorts;
import dev.mdp.pipeline.feed.FeedSettings;
import dev.mdp.pipeline.feed.FeedTally;
import dev.mdp.pipeline.feed.FeedWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.providers.binance.Binance;
import dev.mdp.providers.binance.BinanceDialect;
import dev.mdp.providers.binance.BinanceHistory;
import dev.mdp.providers.binance.BinanceStream;
import dev.mdp.providers.net.FeedTime;
import dev.mdp.providers.net.HttpRestClient;
import dev.mdp.providers.net.JdkConnector;
import dev.mdp.providers.net.SocketFeed;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.telemetry.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A JVM with the worker of a Binance feed, as the command wires it. To each line on its standard
/// input it responds with what it has counted so far, and the latencies since the last one; it ends
/// with the input.
///
/// Arguments: `redis`, `database`, `topic`, `socket`, `rest`, `symbols` with commas.
final class FeedMain {
  private static final RequestLimit LIMIT = new RequestLimit(6_000, Duration.ofMinutes(1));

  private final FeedWorker worker;
  private final TimedBus bus;
  private volatile int asked;
  private volatile boolean ended;

  private FeedMain(FeedWorker worker, TimedBus bus) {
    this.worker = worker;
    this.bus = bus;
  }

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    RedisSettings redis =
        RedisSettings.of(
            WorkerParts.required(arguments, "redis"), WorkerParts.required(arguments, "topic"), 1);
    Meters meters = new Meters("redis");
    try (TimedBus bus = new TimedBus(new RedisBus(redis, meters.metrics().bus()));
        PostgresStore store =
            new PostgresStore(
                StoreSettings.of(WorkerParts.required(arguments, "database"), 10, "bench feed"),
                meters.metrics().store())) {
      FeedMain main = new FeedMain(worker(arguments, bus, store), bus);
      Thread.ofPlatform().daemon().start(main::listen);
      main.run();
    }
  }

  private static FeedWorker worker(
      Map<String, String> arguments, TimedBus bus, PostgresStore store) {
    Clock clock = Clock.systemUTC();
    List<Symbol> symbols =
        Stream.of(WorkerParts.required(arguments, "symbols").split(",")).map(Symbol::of).toList();
    long run =
        store
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "produce", null, null, JobRuns.Mode.LIVE, "bench", "bench", List.of()));
    URI socket = URI.create(WorkerParts.required(arguments, "socket"));
    URI rest = URI.create(WorkerParts.required(arguments, "rest"));
    return new FeedWorker(
        new FeedSettings(
            WorkerParts.required(arguments, "topic"),
            "bench-" + ProcessHandle.current().pid(),
            run,
            symbols,
            Duration.ofSeconds(15),
            2_000,
            Duration.ofSeconds(10),
            Long.MAX_VALUE),
        new FeedPorts(
            bus,
            store.feeds(),
            store.askedGaps(),
            store.storedIds(),
            new SocketFeed(
                new BinanceDialect(BinanceStream.TRADE, socket),
                new JdkConnector(clock),
                FeedTime.of(clock),
                run),
            Optional.of(
                new BinanceHistory(
                    BinanceStream.TRADE,
                    new HttpRestClient(
                        Binance.REST_HEADERS,
                        store.requestBudgets("bench", _ -> LIMIT).refill(),
                        clock),
                    rest,
                    clock)),
            task -> Thread.ofVirtual().name("feed-history").start(task),
            FeedMetrics.NONE,
            clock,
            Pause.sleeping()));
  }

  private void run() {
    int answered = 0;
    while (!ended) {
      worker.poll();
      if (asked > answered) {
        answered++;
        Child.answer(counts());
      }
    }
    worker.drain();
  }

  private Map<String, Object> counts() {
    FeedTally tally = worker.tally();
    Map<String, Object> counts = new TreeMap<>();
    counts.put("published", tally.published());
    counts.put("filled", tally.filled());
    counts.put("known", tally.known());
    counts.put("gaps", tally.gapsFound());
    counts.put("openIds", tally.openIds());
    counts.put("p50", bus.latencyMillis(0.50));
    counts.put("p95", bus.latencyMillis(0.95));
    counts.put("live", bus.live());
    counts.put("own", Cpu.process(ProcessHandle.current().pid()));
    counts.put("peak", Cpu.peakMemory());
    bus.clear();
    return counts;
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        asked++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ended = true;
    }
  }
}
