package dev.mdp.pipeline.microbatch;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.NoMetrics;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Outcome;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/// The real worker, windows and checkpoints on a fake bus and a fake store with virtual time:
/// crashes, pauses past the lease and past the silence that seals, lanes that end in the middle,
/// small caps, bars from outside, servers away, commits of unknown outcome.
final class Simulation {
  static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  static final long MAX_FUTURE_MICROS = 4_000_000;
  private static final Duration LEASE = Duration.ofSeconds(3);

  private final SplittableRandom random;
  private final LongFunction<WindowSettings> settingsOfRun;
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final InMemoryBus bus;
  private final InMemoryStore store;
  private final List<MicroBatchWorker> workers = new ArrayList<>();
  private final double faultRate;
  private Lanes active = Lanes.BOTH;
  private boolean faulty = true;
  private long nextRun = 1;
  private int appended;

  private enum Lanes {
    BOTH,
    ONLY_REPLAY,
    ONLY_LIVE
  }

  /// The cap is smaller than what one seed's open windows hold: that ends a worker, rightly.
  static final class CapReached extends RuntimeException {
    private static final long serialVersionUID = 1;

    CapReached(ConfigException cause) {
      super(cause);
    }
  }

  /// @param settingsOfRun what the worker with this run is started with, counted from 1
  Simulation(SplittableRandom random, int workerCount, LongFunction<WindowSettings> settingsOfRun) {
    this.random = random;
    this.settingsOfRun = settingsOfRun;
    this.faultRate = random.nextDouble() * 0.2;
    Faults faults = this::maybeFail;
    this.bus = new InMemoryBus(1, clock, faults);
    this.store = new InMemoryStore(clock, faults);
    for (int i = 0; i < workerCount; i++) {
      workers.add(worker(store));
    }
  }

  /// A cap that holds everything, or one that makes workers seal early now and then.
  static long cap(SplittableRandom random) {
    return random.nextBoolean() ? 10_000 : 40 + random.nextInt(200);
  }

  /// Faults, then a time without them in which the workers catch up and drain.
  void run() {
    int steps = 40 + random.nextInt(200);
    for (int step = 0; step < steps; step++) {
      step();
    }
    heal();
  }

  InMemoryBus bus() {
    return bus;
  }

  InMemoryStore store() {
    return store;
  }

  private void step() {
    if (random.nextInt(3) > 0) {
      append();
    }
    clock.advance(Duration.ofMillis(random.nextInt(120)));
    if (random.nextInt(60) == 0) {
      active = Lanes.values()[random.nextInt(3)];
      clock.advance(Duration.ofMillis(random.nextInt(9_000)));
    }
    if (random.nextInt(60) == 0) {
      clock.advance(LEASE.plusMillis(random.nextInt(2_000)));
    }
    int chosen = random.nextInt(workers.size());
    if (random.nextInt(25) == 0) {
      workers.set(chosen, worker(store));
    } else {
      poll(workers.get(chosen));
    }
  }

  private void heal() {
    faulty = false;
    bus.append(0, new LaneEnd("p", MarketEvent.LIVE));
    bus.append(0, new LaneEnd("q", "run-7"));
    appended += 2;
    clock.advance(LEASE.multipliedBy(2));
    for (int i = 0; i < 60 + appended; i++) {
      clock.advance(Duration.ofMillis(200));
      workers.forEach(Simulation::poll);
    }
    workers.forEach(MicroBatchWorker::drain);
  }

  private void append() {
    int entries = 1 + random.nextInt(12);
    for (int i = 0; i < entries; i++) {
      appended++;
      if (random.nextInt(50) == 0) {
        bus.append(
            0,
            random.nextBoolean() ? new LaneEnd("p", MarketEvent.LIVE) : new LaneEnd("q", "run-7"));
      } else if (random.nextInt(40) == 0) {
        bus.append(0, bar());
      } else if (random.nextInt(40) == 0) {
        bus.appendMalformed(0, "malformed");
      } else {
        bus.append(0, tick());
      }
    }
  }

  /// A bar from outside, of an interval that is built here or of another one.
  private BarEvent bar() {
    long now = Micros.of(clock.instant());
    Interval interval = Interval.parse(random.nextBoolean() ? "1s" : "10s");
    return new BarEvent(
        new Bar(
            "p",
            MarketEvent.LIVE,
            Symbol.of("SPY"),
            interval,
            interval.start(now),
            1 + random.nextInt(3),
            5,
            1,
            2,
            1,
            Tick.ABSENT,
            Bar.EXTERNAL),
        0,
        now);
  }

  private Tick tick() {
    long now = Micros.of(clock.instant());
    boolean late = random.nextInt(30) == 0;
    boolean future = random.nextInt(60) == 0;
    long at = now - random.nextLong(late ? 15_000_000 : 450_000) + (future ? 20_000_000 : 0);
    boolean replay =
        active == Lanes.ONLY_REPLAY || (active == Lanes.BOTH && random.nextInt(4) == 0);
    return new Tick(
        replay ? "q" : "p",
        replay ? "run-7" : MarketEvent.LIVE,
        Symbol.of(random.nextBoolean() ? "SPY" : "AAPL"),
        at - at % 50_000,
        random.nextInt(2),
        100 + random.nextInt(20),
        random.nextInt(5) == 0 ? Tick.ABSENT : random.nextInt(5),
        Tick.ABSENT,
        Tick.ABSENT,
        now);
  }

  private static void poll(MicroBatchWorker worker) {
    try {
      worker.poll();
    } catch (UnavailableException e) {
      // the next poll tries again, as the runner does
    } catch (ConfigException e) {
      throw new CapReached(e);
    } catch (MdpException e) {
      throw new AssertionError("a worker ended: " + e.getMessage(), e);
    }
  }

  private void maybeFail(String point) {
    if (faulty && random.nextDouble() < faultRate) {
      throw new UnavailableException("made by a test at " + point);
    }
  }

  private MicroBatchWorker worker(InMemoryStore target) {
    long run = nextRun++;
    MicroBatchSettings settings =
        new MicroBatchSettings(
            KEY,
            "tick-consumer",
            "owner-" + run,
            1,
            settingsOfRun.apply(run),
            1 + random.nextInt(20),
            Duration.ofMillis(300),
            LEASE,
            Duration.ofHours(24),
            false,
            run);
    return new MicroBatchWorker(
        settings,
        new MicroBatchPorts(
            bus,
            target,
            event -> event.toString().getBytes(StandardCharsets.UTF_8),
            new NoMetrics(),
            clock,
            clock::advance));
  }

  /// The store of one worker that reads the whole log without an error.
  InMemoryStore undisturbed() {
    InMemoryStore alone = new InMemoryStore(clock, Faults.NONE);
    MicroBatchWorker worker = worker(alone);
    for (int i = 0; i < appended + 10; i++) {
      clock.advance(Duration.ofMillis(200));
      poll(worker);
    }
    worker.drain();
    return alone;
  }

  /// How many entries were consumed, not counting those that came again.
  long entriesOutsideRecovered() {
    long entries = 0;
    for (LedgerCounts ledger : store.ledgers().values()) {
      for (LedgerCounts.Entry entry : ledger.byProvider().values()) {
        entries += entry.read() - entry.outcomes().getOrDefault(Outcome.RECOVERED, 0L);
      }
    }
    return entries;
  }
}
