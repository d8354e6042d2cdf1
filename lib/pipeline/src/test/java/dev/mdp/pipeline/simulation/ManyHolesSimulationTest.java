package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.property.Choices;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Thousands of holes of one shard are filled while processes die: the bars are those of a
/// recompute, no refill is a dead letter, and no lane of one stays.
class ManyHolesSimulationTest {
  private static final int HOLES = 2_000;
  private static final int SEEDS = 4;

  /// The lanes that have windows: two live ones and a replay.
  private static final int LANES = 3;

  @Test
  void twoThousandHolesOfAShardAreRepairedOverCrashes() {
    Map<String, Integer> faults = new TreeMap<>();
    LongStream.rangeClosed(1, SEEDS)
        .mapToObj(ManyHolesSimulationTest::simulate)
        .forEach(world -> {
          Verdict.on(world);
          assertThat(world.store.checkpoint(World.key(0)).lanes()).hasSizeLessThanOrEqualTo(LANES);
          assertThat(world.bus.deadLetters())
              .extracting(DeadLetter::reason)
              .doesNotContain(DeadLetter.TOO_MANY_LANES);
          world.faultsMade().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
        });

    assertThat(faults).containsKeys("away", "crash", "pause", "crash with windows to repair");
  }

  private static World simulate(long seed) {
    Choices choices = Choices.ofSeed(seed);
    Plan drawn = Plan.draw(choices);
    Plan plan =
        new Plan(
            1,
            drawn.processes(),
            drawn.sharing(),
            true,
            true,
            false,
            drawn.endsLanes(),
            true,
            withoutCap(drawn),
            0.02,
            0.01,
            0.005,
            drawn.steps());
    World world = new World(choices, plan, _ -> plan.windows(), Mutant.NONE);
    world.run(HOLES);
    long fills =
        world.bus.log(0).history().stream().filter(ManyHolesSimulationTest::isFill).count();
    assertThat(fills).isGreaterThan(HOLES);
    return world;
  }

  private static boolean isFill(Delivery entry) {
    return entry instanceof Delivery.Decoded decoded
        && decoded.event() instanceof Tick tick
        && Lanes.isFill(tick.lane());
  }

  /// A shard that its cap ends has no holes to repair.
  private static WindowSettings withoutCap(Plan plan) {
    WindowSettings windows = plan.windows();
    return new WindowSettings(
        windows.section(),
        windows.intervals(),
        windows.allowLateMicros(),
        windows.reviseLateMicros(),
        windows.silenceSealMicros(),
        windows.maxFutureMicros(),
        Plan.NO_CAP);
  }
}
