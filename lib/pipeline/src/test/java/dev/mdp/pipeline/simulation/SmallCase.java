package dev.mdp.pipeline.simulation;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.microbatch.MicroBatchPorts;
import dev.mdp.pipeline.microbatch.MicroBatchSettings;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.InMemoryBars.BarKey;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A few entries in one order, read one by one by a worker that dies at one port call and is
/// followed by another.
final class SmallCase {
  static final int NO_CRASH = 0;

  /// Two trades at one time, one just before the windows' edge, one on it, and one that seals the
  /// first window.
  static final List<Tick> EVENTS =
      List.of(
          tick(100_000, 0, 10.1, 0.1),
          tick(100_000, 1, 10.3, 0.2),
          tick(999_999, 0, 9.7, Tick.ABSENT),
          tick(1_000_000, 0, 10.2, 0.3),
          tick(1_600_000, 0, 11.9, 1e15));

  private static final WindowSettings SETTINGS =
      new WindowSettings(
          "micro_batch", Plan.intervals("1s"), 0, 500_000, 900_000_000, 2_000_000, Plan.NO_CAP);
  private static final String START = "2026-01-05T14:30:00Z";

  private final ManualClock clock = ManualClock.at(START);
  private final InMemoryBus bus = new InMemoryBus(1, clock, this::at);
  private final InMemoryStore store = new InMemoryStore(clock, this::at);
  private final List<Integer> sequence;
  private final int crashAt;
  private int portCalls;
  private long nextRun = 1;
  private MicroBatchWorker worker;

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("made by a test", null, false, false);
    }
  }

  /// @param crashAt at which port call, counted from 1, or [#NO_CRASH]
  SmallCase(List<Integer> sequence, int crashAt) {
    this.sequence = sequence;
    this.crashAt = crashAt;
  }

  int portCalls() {
    return portCalls;
  }

  void check() {
    clock.advance(Duration.ofSeconds(1));
    sequence.forEach(event -> bus.log(0).append(EVENTS.get(event)));
    worker = worker();
    for (int polls = 0; polls < 2 * sequence.size() + 8; polls++) {
      try {
        worker.poll();
      } catch (Crash e) {
        clock.advance(Plan.LEASE);
        worker = worker();
      }
      clock.advance(Duration.ofMillis(300));
    }
    Oracle oracle = Oracle.of(bus.log(0).history(), SETTINGS);
    Map<BarKey, Bar> stored = new HashMap<>();
    for (Bar bar : store.bars()) {
      stored.put(new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()), bar);
    }
    same("bars", oracle.bars(), stored);
    same("ledger", oracle.ledger(), Verdict.counted(store.ledgers().values()));
    same(
        "position",
        bus.log(0).history().getLast().position(),
        store.checkpoint(World.key(0)).position());
  }

  private void same(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "entries %s, crash at port call %d: %s should be %s, but are %s"
              .formatted(sequence, crashAt, what, expected, actual));
    }
  }

  private void at(String point) {
    if (++portCalls == crashAt) {
      throw new Crash();
    }
  }

  private MicroBatchWorker worker() {
    long run = nextRun++;
    return new MicroBatchWorker(
        new MicroBatchSettings(
            World.key(0),
            World.TICKS_GROUP,
            "owner-" + run,
            1,
            SETTINGS,
            1,
            SimulatedProcess.FLUSH_TIMEOUT,
            Plan.LEASE,
            Duration.ofHours(24),
            false,
            run),
        new MicroBatchPorts(
            bus, store.checkpoints(), _ -> new byte[0], PipelineMetrics.NONE, clock, _ -> {}));
  }

  private static Tick tick(long micros, long seq, double price, double size) {
    long at = Micros.parse(START) + micros;
    return new Tick(
        "p",
        MarketEvent.LIVE,
        Symbol.of("SPY"),
        at,
        seq,
        price,
        size,
        Tick.ABSENT,
        Tick.ABSENT,
        at);
  }
}
