package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The settings change: intervals are added when all processes are stopped, lateness grows and
/// shrinks at every start. Whatever happens, a bar holds all events of its window, except for those
/// that a dead letter names.
class ChangedSettingsSimulationTest {
  private static final List<Interval> INTERVALS = Plan.intervals("1s,3s,5s,10s");

  @Test
  void noChangeOfSettingsMakesAFragment() {
    Property.checkInParallel(1_000, choices -> check(choices, Mutant.NONE));
  }

  static void check(Choices choices, Mutant mutant) {
    Plan plan = choices.show("plan", Plan.drawForChanges(choices));
    World world = new World(choices, plan, term -> settings(choices, term, plan), mutant);
    try {
      world.run();
    } catch (CapReached e) {
      assertThat(plan.mayReachTheCap()).isTrue();
      return;
    }
    makesNoFragment(world);
    Verdict.progress(world, 0);
    Verdict.ticks(world);
    long counted =
        Verdict.counted(world.store.ledgers().values()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat(counted).isEqualTo(world.bus.history(0).size());
  }

  /// Every term builds one interval more, and every start has a lateness of its own.
  private static WindowSettings settings(RandomGenerator random, int term, Plan plan) {
    return new WindowSettings(
        INTERVALS.subList(0, Math.min(INTERVALS.size(), 1 + term)),
        random.nextInt(1_000) * 1_000L,
        4_000_000 + random.nextInt(3) * 1_000_000L,
        plan.windows().silenceSealMicros(),
        plan.windows().maxFutureMicros(),
        plan.windows().maxRetainedEvents());
  }

  private static void makesNoFragment(World world) {
    Map<WindowKey, Set<EventKey>> appended = new HashMap<>();
    Map<WindowKey, Set<EventKey>> missed = new HashMap<>();
    Map<Position, Tick> ticks = ticks(world);
    ticks.values().forEach(tick -> INTERVALS.forEach(interval -> add(appended, tick, interval)));
    for (DeadLetter letter : world.bus.deadLetters()) {
      if (letter.reason().equals(DeadLetter.SEALED)) {
        Tick tick = ticks.get(letter.position());
        letter.intervals().forEach(interval -> add(missed, tick, Interval.parse(interval)));
      }
    }
    for (Bar bar : world.store.bars()) {
      if (!bar.isExternal()) {
        WindowKey key =
            new WindowKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
        int all = appended.getOrDefault(key, Set.of()).size();
        int gone = missed.getOrDefault(key, Set.of()).size();
        assertThat(bar.tradeCount())
            .as("%s of %d events, %d of them dead letters", bar, all, gone)
            .isBetween((long) all - gone, (long) all);
      }
    }
  }

  /// All ticks of the log that are not too far ahead of its clock.
  private static Map<Position, Tick> ticks(World world) {
    Map<Position, Tick> ticks = new HashMap<>();
    for (Delivery each : world.bus.history(0)) {
      if (each instanceof Delivery.Decoded delivery
          && delivery.event() instanceof Tick tick
          && tick.srcMicros() - delivery.appendMicros() <= world.plan.windows().maxFutureMicros()) {
        ticks.put(delivery.position(), tick);
      }
    }
    return ticks;
  }

  private static void add(Map<WindowKey, Set<EventKey>> windows, Tick tick, Interval interval) {
    windows
        .computeIfAbsent(
            new WindowKey(
                tick.provider(), tick.symbol(), interval, interval.start(tick.srcMicros())),
            _ -> new HashSet<>())
        .add(new EventKey(tick.srcMicros(), tick.seq()));
  }

  private record WindowKey(String provider, Symbol symbol, Interval interval, long startMicros) {}

  private record EventKey(long srcMicros, long seq) {}
}
