package dev.mdp.pipeline.microbatch;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// One log, one store and what their workers are started with, for tests of single behaviours.
abstract class WorkerOnOneLog {
  static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  static final Duration LEASE = Duration.ofSeconds(15);

  final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  final InMemoryBus bus = new InMemoryBus(1, clock, Faults.NONE);
  final InMemoryStore store = new InMemoryStore(clock, Faults.NONE);
  final long start = Micros.of(clock.instant());

  void append(MarketEvent event) {
    bus.log(0).append(event);
  }

  static void poll(MicroBatchWorker worker, int times) {
    for (int i = 0; i < times; i++) {
      worker.poll();
    }
  }

  MicroBatchWorker worker(String owner, long run) {
    return worker(owner, run, 1_000, false);
  }

  MicroBatchWorker worker(String owner, long run, long cap, boolean acceptLoss) {
    return new MicroBatchWorker(
        new MicroBatchSettings(
            KEY,
            "tick-consumer",
            owner,
            1,
            new WindowSettings(
                "micro_batch",
                List.of(Interval.parse("2s")),
                500_000,
                10_000_000,
                900_000_000,
                5_000_000,
                cap),
            100,
            Duration.ofSeconds(1),
            LEASE,
            Duration.ofHours(24),
            acceptLoss,
            run),
        new MicroBatchPorts(
            bus,
            store.checkpoints(),
            event -> event.toString().getBytes(StandardCharsets.UTF_8),
            PipelineMetrics.NONE,
            clock,
            clock::advance));
  }

  static Tick tick(String symbol, long micros, double price) {
    return new Tick(
        "p",
        MarketEvent.LIVE,
        Symbol.of(symbol),
        micros,
        0,
        price,
        1,
        Tick.ABSENT,
        Tick.ABSENT,
        micros);
  }

  static Tick lane(String lane, Tick tick) {
    return new Tick(
        tick.provider(),
        lane,
        tick.symbol(),
        tick.srcMicros(),
        tick.seq(),
        tick.price(),
        tick.size(),
        tick.bid(),
        tick.ask(),
        tick.ingestMicros());
  }

  BarEvent bar(String interval, double close) {
    Interval parsed = Interval.parse(interval);
    return new BarEvent(
        new Bar(
            "p",
            MarketEvent.LIVE,
            Symbol.of("SPY"),
            parsed,
            parsed.start(start),
            close,
            close,
            close,
            close,
            1,
            Tick.ABSENT,
            Bar.EXTERNAL),
        0,
        start);
  }
}
