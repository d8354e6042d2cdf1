package dev.mdp.bench;

import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.produce.Pacing;
import dev.mdp.pipeline.produce.ProduceWorker;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import dev.mdp.telemetry.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A JVM that sends live synthetic events at a rate for some seconds, then the end of the feed.
/// Arguments: `redis`, `topic`, `rate`, `symbols`, `seconds`.
final class ProducerMain {
  private static final int BATCH = 500;

  private ProducerMain() {}

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    String topic = WorkerParts.required(arguments, "topic");
    String uri = WorkerParts.required(arguments, "redis");
    int symbols = Integer.parseInt(WorkerParts.required(arguments, "symbols"));
    long rate = Long.parseLong(WorkerParts.required(arguments, "rate"));
    long seconds = Long.parseLong(WorkerParts.required(arguments, "seconds"));
    double each = Math.rint(rate * 1e6 / symbols) / 1e6;
    List<Symbol> names =
        IntStream.range(0, symbols).mapToObj(i -> new Symbol(BenchFeed.symbol(i))).toList();
    try (RedisBus bus =
        new RedisBus(RedisSettings.of(uri, topic, 1), new Meters("redis").metrics().bus())) {
      SyntheticSource walk =
          new SyntheticSource(SyntheticSettings.live(names, each, 0.02, 42), Clock.systemUTC());
      CountingSource source = new CountingSource(walk, Duration.ofSeconds(seconds));
      ProduceWorker worker =
          new ProduceWorker(
              "produce",
              source,
              bus.openPublisher(topic),
              new Pacing(Pacing.MAX_SPEED, Clock.systemUTC()),
              gathering(),
              MarketEvent.LIVE,
              BATCH);
      while (!worker.finished()) {
        worker.poll();
      }
      worker.drain();
      try (Publisher last = bus.openPublisher(topic)) {
        last.publish(List.of(new LaneEnd(SyntheticSettings.DEFAULT_PROVIDER, MarketEvent.LIVE)));
      }
      Child.answer(
          new TreeMap<>(
              Map.of(
                  "events", source.events(),
                  "volume", source.volume(),
                  "bars", source.bars(),
                  "skipped", walk.skipped().count(),
                  "own", Cpu.process(ProcessHandle.current().pid()))));
    }
  }

  /// As the command does it: gathers events for a moment, so that batches come of them.
  private static Pause gathering() {
    Duration least = ProduceWorker.GATHER;
    return wanted -> Thread.sleep(wanted.compareTo(least) < 0 ? least : wanted);
  }
}
