package dev.mdp.pipeline.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
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
import dev.mdp.pipeline.Seeds;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The real worker, windows and checkpoints on a fake bus and a fake store with virtual time:
/// crashes, pauses past the lease, servers away, commits of unknown outcome. Whatever happens, the
/// bars equal those of one undisturbed worker.
class MicroBatchSimulationTest {
  private static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  private static final Duration LEASE = Duration.ofSeconds(3);

  @Test
  void noFaultMakesAWrongBar() {
    Seeds.forEach(1_000, random -> new Simulation(random).run());
  }

  private static final class Simulation {
    private final SplittableRandom random;
    private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
    private final InMemoryBus bus;
    private final InMemoryStore store;
    private final List<MicroBatchWorker> workers = new ArrayList<>();
    private final double faultRate;
    private boolean faulty = true;
    private long nextRun = 1;
    private int appended;

    Simulation(SplittableRandom random) {
      this.random = random;
      this.faultRate = random.nextDouble() * 0.2;
      Faults faults = this::maybeFail;
      this.bus = new InMemoryBus(1, clock, faults);
      this.store = new InMemoryStore(clock, faults);
    }

    void run() {
      int workerCount = 1 + random.nextInt(3);
      for (int i = 0; i < workerCount; i++) {
        workers.add(worker(store));
      }
      int steps = 40 + random.nextInt(200);
      for (int step = 0; step < steps; step++) {
        step();
      }
      heal();

      assertThat(differences(bars(store), undisturbed())).isEmpty();
      assertThat(entriesOutsideRecovered()).isEqualTo(bus.length(0));
      assertThat(store.checkpoint(KEY).position())
          .isEqualTo(bus.openShard("", 0).bounds().lastEver());
    }

    private void step() {
      if (random.nextInt(3) > 0) {
        append();
      }
      clock.advance(Duration.ofMillis(random.nextInt(120)));
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
        long now = Micros.of(clock.instant());
        if (random.nextInt(40) == 0) {
          bus.appendMalformed(0, "malformed");
          continue;
        }
        boolean late = random.nextInt(30) == 0;
        boolean future = random.nextInt(60) == 0;
        long at = now - random.nextLong(late ? 15_000_000 : 450_000) + (future ? 20_000_000 : 0);
        boolean replay = random.nextInt(4) == 0;
        bus.append(
            0,
            new Tick(
                replay ? "q" : "p",
                replay ? "run-7" : MarketEvent.LIVE,
                Symbol.of(random.nextBoolean() ? "SPY" : "AAPL"),
                at - at % 50_000,
                random.nextInt(2),
                100 + random.nextInt(20),
                random.nextInt(5) == 0 ? Tick.ABSENT : random.nextInt(5),
                Tick.ABSENT,
                Tick.ABSENT,
                now));
      }
    }

    private static void poll(MicroBatchWorker worker) {
      try {
        worker.poll();
      } catch (UnavailableException e) {
        // the next poll tries again, as the runner does
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
      WindowSettings windows =
          new WindowSettings(
              List.of(Interval.parse("1s"), Interval.parse("5s")),
              500_000,
              4_000_000,
              900_000_000,
              4_000_000,
              10_000);
      MicroBatchSettings settings =
          new MicroBatchSettings(
              KEY,
              "tick-consumer",
              "owner-" + run,
              1,
              windows,
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

    private Map<InMemoryStore.BarKey, Bar> undisturbed() {
      InMemoryStore alone = new InMemoryStore(clock, Faults.NONE);
      MicroBatchWorker worker = worker(alone);
      for (int i = 0; i < appended + 10; i++) {
        clock.advance(Duration.ofMillis(200));
        worker.poll();
      }
      worker.drain();
      return bars(alone);
    }

    private static Map<InMemoryStore.BarKey, Bar> bars(InMemoryStore store) {
      Map<InMemoryStore.BarKey, Bar> bars = new HashMap<>();
      for (Bar bar : store.bars()) {
        bars.put(
            new InMemoryStore.BarKey(
                bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()),
            bar);
      }
      return bars;
    }

    private static List<String> differences(
        Map<InMemoryStore.BarKey, Bar> stored, Map<InMemoryStore.BarKey, Bar> expected) {
      List<String> differences = new ArrayList<>();
      expected.forEach((key, bar) -> {
        if (!bar.equals(stored.get(key))) {
          differences.add("expected " + bar + ", stored " + stored.get(key));
        }
      });
      stored.forEach((key, bar) -> {
        if (!expected.containsKey(key)) {
          differences.add("not expected: " + bar);
        }
      });
      return differences.subList(0, Math.min(3, differences.size()));
    }

    private long entriesOutsideRecovered() {
      long entries = 0;
      for (LedgerCounts ledger : store.ledgers().values()) {
        for (LedgerCounts.Entry entry : ledger.byProvider().values()) {
          entries += entry.read() - entry.outcomes().getOrDefault(Outcome.RECOVERED, 0L);
        }
      }
      return entries;
    }
  }
}
