package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.Simulation.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.pipeline.Seeds;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Workers with the same settings share a shard and its faults. Whatever happens, the bars and the
/// dead letters equal those of one undisturbed worker.
class MicroBatchSimulationTest {
  @Test
  void noFaultMakesAWrongBar() {
    Seeds.forEach(1_000, MicroBatchSimulationTest::equalsTheUndisturbedRunUnlessTheCapEndsIt);
  }

  private static void equalsTheUndisturbedRunUnlessTheCapEndsIt(SplittableRandom random) {
    WindowSettings settings =
        new WindowSettings(
            List.of(Interval.parse("1s"), Interval.parse("5s")),
            500_000,
            4_000_000,
            8_000_000,
            Simulation.MAX_FUTURE_MICROS,
            Simulation.cap(random));
    Simulation simulation = new Simulation(random, 1 + random.nextInt(3), _ -> settings);
    try {
      equalsTheUndisturbedRun(simulation);
    } catch (Simulation.CapReached e) {
      assertThat(settings.maxRetainedEvents()).isLessThan(10_000);
    }
  }

  private static void equalsTheUndisturbedRun(Simulation simulation) {
    simulation.run();
    InMemoryBus bus = simulation.bus();
    InMemoryStore store = simulation.store();
    Set<String> letters = letters(bus);

    bus.deadLetters().clear();
    InMemoryStore undisturbed = simulation.undisturbed();

    assertThat(differences(bars(store), bars(undisturbed))).isEmpty();
    assertThat(letters).isEqualTo(letters(bus));
    assertThat(simulation.entriesOutsideRecovered()).isEqualTo(bus.length(0));
    assertThat(store.checkpoint(KEY).position())
        .isEqualTo(bus.openShard("", 0).bounds().lastEver());
  }

  private static Map<InMemoryStore.BarKey, Bar> bars(InMemoryStore store) {
    Map<InMemoryStore.BarKey, Bar> bars = new HashMap<>();
    for (Bar bar : store.bars()) {
      bars.put(
          new InMemoryStore.BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()),
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

  /// Once each: a letter may be published again after a commit of unknown outcome.
  private static Set<String> letters(InMemoryBus bus) {
    Set<String> letters = new TreeSet<>();
    bus.deadLetters()
        .forEach(letter ->
            letters.add(letter.position() + " " + letter.reason() + " " + letter.intervals()));
    return letters;
  }
}
