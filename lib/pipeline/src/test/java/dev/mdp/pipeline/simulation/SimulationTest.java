package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Two to four processes share the shards and their faults. Whatever happens, the bars, the ticks,
/// the dead letters and the ledgers are those that the log means.
class SimulationTest {
  private static final int SEEDS = 3_000;

  private final LongAdder capped = new LongAdder();
  private final LongAdder entries = new LongAdder();
  private final LongAdder trimmed = new LongAdder();
  private final Map<String, LongAdder> faults = new ConcurrentSkipListMap<>();

  @Test
  void noFaultMakesAWrongBar() {
    long started = System.nanoTime();

    long seeds = Property.checkInParallel(SEEDS, this::simulate);

    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "simulation: %,d seeds, 0 violations, %,d entries, faults %s, %,d trimmed, %,d ended by their cap; %.0f s, %.0f seeds/s%n",
        seeds, entries.sum(), faults, trimmed.sum(), capped.sum(), seconds, seeds / seconds);
    if (seeds >= SEEDS) {
      assertThat(capped.sum()).as("seeds that their cap ends").isLessThan(seeds / 10);
      assertThat(trimmed.sum()).as("seeds whose log was trimmed").isGreaterThan(seeds / 50);
    }
  }

  /// Two pauses in one look at the log: rare among the seeds.
  @Test
  void aMarkThatIsRaisedTwiceWhileTheLogIsLookedAtIsNoLoss() {
    simulate(Choices.ofSeed(76_180));
  }

  /// A commit is on its way while the database goes back, and the same process claims again.
  @Test
  void aCommitFromBeforeARestoreIsNotTheNextOfANewClaim() {
    simulate(Choices.ofSeed(91_467));
  }

  private void simulate(Choices choices) {
    World world = Simulation.of(choices, Mutant.NONE);
    try {
      Simulation.judge(world);
    } catch (CapReached e) {
      capped.increment();
    }
    for (int shard = 0; shard < world.plan.shards(); shard++) {
      entries.add(world.bus.log(shard).history().size());
    }
    trimmed.add(world.trimmed() ? 1 : 0);
    world
        .faultsMade()
        .forEach((kind, count) -> faults.computeIfAbsent(kind, _ -> new LongAdder()).add(count));
  }
}
