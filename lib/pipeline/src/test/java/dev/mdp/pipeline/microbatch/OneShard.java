package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.LedgerMetrics;
import dev.mdp.testkit.LowWater;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One shard's log, its store and the workers that own it one after another, in virtual time. Ticks
/// are placed by the milliseconds since the start, which is a full minute.
final class OneShard {
  static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  static final Duration LEASE = Duration.ofSeconds(15);

  final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  final InMemoryBus bus = new InMemoryBus(1, clock, this::failIfAsked);
  final InMemoryStore store = new InMemoryStore(clock, this::failIfAsked);
  final LedgerMetrics metrics = new LedgerMetrics();
  private final long start = Micros.of(clock.instant());

  /// Of the workers that are made from now on.
  long silenceMicros = 900_000_000;

  long maxFutureMicros = 5_000_000;
  boolean dropsIntervals;
  private String failingAt = "";
  private long nextRun = 1;

  /// What tests vary of a worker's settings.
  record Setup(String intervals, int batch, long cap, boolean acceptLoss) {
    static Setup of(String intervals) {
      return new Setup(intervals, 100, 1_000, false);
    }

    Setup batch(int entries) {
      return new Setup(intervals, entries, cap, acceptLoss);
    }

    Setup cap(long events) {
      return new Setup(intervals, batch, events, acceptLoss);
    }

    Setup acceptingLoss() {
      return new Setup(intervals, batch, cap, true);
    }
  }

  MicroBatchWorker worker(String intervals) {
    return worker(Setup.of(intervals));
  }

  MicroBatchWorker worker(Setup setup) {
    return worker(setup, store.checkpoints());
  }

  MicroBatchWorker worker(Setup setup, Checkpoints target) {
    long run = nextRun++;
    List<Interval> intervals =
        Stream.of(setup.intervals().split(",", -1)).map(Interval::parse).toList();
    return new MicroBatchWorker(
        new MicroBatchSettings(
            KEY,
            "tick-consumer",
            "owner-" + run,
            1,
            new WindowSettings(
                "micro_batch",
                intervals,
                500_000,
                10_000_000,
                silenceMicros,
                maxFutureMicros,
                setup.cap()),
            setup.batch(),
            Duration.ofSeconds(1),
            LEASE,
            Duration.ofHours(24),
            setup.acceptLoss(),
            run,
            dropsIntervals),
        new MicroBatchPorts(
            bus,
            target,
            event -> ("encoded again: " + event).getBytes(StandardCharsets.UTF_8),
            metrics,
            clock,
            clock::advance));
  }

  /// A tick of provider `p`, live.
  void tick(long millis, double price) {
    tick("p", MarketEvent.LIVE, millis, price);
  }

  void tick(String provider, String lane, long millis, double price) {
    long micros = start + millis * 1_000;
    bus.log(0)
        .append(
            new Tick(
                provider,
                lane,
                Symbol.of("SPY"),
                micros,
                0,
                price,
                1,
                Tick.ABSENT,
                Tick.ABSENT,
                micros));
  }

  /// One tick a second from the first to before the last second, each at its own time.
  void tickEverySecond(int from, int to, MicroBatchWorker reader) {
    for (int second = from; second < to; second++) {
      tick(second * 1_000L, 10);
      pass(1_000);
      poll(reader, 1);
    }
  }

  void end(String provider, String lane) {
    bus.log(0).append(new LaneEnd(provider, lane));
  }

  void pass(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  /// The owner dies: its lease runs out.
  void passLease() {
    clock.advance(LEASE.plusSeconds(1));
  }

  /// From now on every call fails at this point; empty heals.
  void failAt(String point) {
    failingAt = point;
  }

  static void poll(MicroBatchWorker worker, int times) {
    for (int i = 0; i < times; i++) {
      try {
        worker.poll();
      } catch (UnavailableException e) {
        // the next poll tries again, as the runner does
      }
    }
  }

  LaneProgress lane(String name) {
    return store.checkpoint(KEY).lanes().stream()
        .filter(lane -> lane.lane().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<String> bars() {
    return bars(store);
  }

  /// The bars of one worker that reads the whole log without an error.
  List<String> undisturbedBars(Setup setup) {
    InMemoryStore alone = new InMemoryStore(clock, Faults.NONE);
    LowWater.raise(alone.marks(), "tick-consumer", "mdp.events", 1, Map.of(0, Position.START));
    MicroBatchWorker worker = worker(setup, alone.checkpoints());
    poll(worker, 5);
    pass(3_000);
    poll(worker, 2);
    return bars(alone);
  }

  /// As `p 2s +4000ms n=2 c=10.0`: provider, interval, start, trades, close.
  List<String> bars(InMemoryStore of) {
    return of.bars().stream().map(this::inWords).sorted().toList();
  }

  private String inWords(Bar bar) {
    return bar.provider()
        + " "
        + bar.interval()
        + " +"
        + (bar.startMicros() - start) / 1_000
        + "ms n="
        + bar.tradeCount()
        + " c="
        + bar.close();
  }

  private void failIfAsked(String point) {
    if (point.equals(failingAt)) {
      throw new UnavailableException("made by a test at " + point);
    }
  }
}
