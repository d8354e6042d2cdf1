package dev.mdp.pipeline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The settings change: intervals are added and removed when all processes are stopped; lateness,
/// silence, `max_future_ms`, the cap, the flush timeout and the batch are others at every start.
/// Whatever happens, a bar holds all events of its window that were taken when they were first
/// committed, except for those that a dead letter names.
class ChangedSettingsSimulationTest {
  private static final List<Interval> INTERVALS = Plan.intervals("1s,3s,5s,10s,40s");

  @Test
  void noChangeOfSettingsMakesAFragment() {
    Property.checkInParallel(1_000, choices -> check(choices, Mutant.NONE));
  }

  static void check(Choices choices, Mutant mutant) {
    Plan plan = choices.show("plan", Plan.drawForChanges(choices));
    Map<Integer, List<Interval>> ofTerms = new HashMap<>();
    World world =
        new World(
            choices,
            plan,
            term -> settings(choices, ofTerms.computeIfAbsent(term, _ -> some(choices)), plan),
            mutant);
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
    assertThat(counted).isEqualTo(world.bus.log(0).history().size());
  }

  /// At least one interval.
  private static List<Interval> some(RandomGenerator random) {
    List<Interval> some = new ArrayList<>(INTERVALS);
    some.removeIf(_ -> random.nextInt(3) == 0);
    return some.isEmpty() ? List.of(INTERVALS.get(random.nextInt(INTERVALS.size()))) : some;
  }

  /// Of one start.
  private static WindowSettings settings(
      RandomGenerator random, List<Interval> intervals, Plan plan) {
    return new WindowSettings(
        "micro_batch",
        intervals,
        random.nextInt(1_000) * 1_000L,
        4_000_000 + random.nextInt(3) * 1_000_000L,
        (1 + random.nextInt(20)) * 1_000_000L,
        500_000L << random.nextInt(4),
        plan.mayReachTheCap() ? 30 + random.nextInt(150) : Plan.NO_CAP);
  }

  private static void makesNoFragment(World world) {
    Map<WindowKey, Set<EventKey>> appended = new HashMap<>();
    Map<WindowKey, Set<EventKey>> missed = new HashMap<>();
    TreeMap<Position, Tick> ticks = ticks(world);
    ticks.values().forEach(tick -> INTERVALS.forEach(interval -> add(appended, tick, interval)));
    for (DeadLetter letter : world.bus.deadLetters()) {
      Tick tick = ticks.get(letter.position());
      if (letter.reason().equals(DeadLetter.SEALED) && tick != null) {
        letter.intervals().forEach(interval -> add(missed, tick, Interval.parse(interval)));
      }
    }
    Map<WindowKey, Bar> bars = new HashMap<>();
    for (Bar bar : world.store.bars()) {
      if (!bar.isExternal()) {
        bars.put(
            new WindowKey(
                bar.provider(), bar.lane(), bar.symbol(), bar.interval(), bar.startMicros()),
            bar);
      }
    }
    assertThat(appended.keySet()).containsAll(bars.keySet());
    Map<LaneInterval, Long> begins = begins(world, ticks);
    long now = Micros.of(world.clock.instant());
    appended.forEach((key, events) -> {
      long gone = missed.getOrDefault(key, Set.of()).size();
      Bar bar = bars.get(key);
      boolean mayBePart =
          key.startMicros() <= begins.getOrDefault(key.laneInterval(), Long.MIN_VALUE);
      if (bar != null) {
        assertThat(bar.tradeCount())
            .as("%s of %d events, %d of them dead letters", bar, events.size(), gone)
            .isBetween(mayBePart ? 1L : events.size() - gone, (long) events.size());
      } else if (!mayBePart && key.startMicros() + key.interval().micros() <= now) {
        assertThat(gone).as("%s has no bar", key).isEqualTo(events.size());
      }
    });
  }

  /// Per interval how far a lane had come when someone did not build it: what holds or precedes
  /// that may be a part or missing.
  private static Map<LaneInterval, Long> begins(World world, TreeMap<Position, Tick> ticks) {
    Map<LaneInterval, Long> begins = new HashMap<>();
    for (Judgments.Part part : world.judgments.parts()) {
      for (Interval interval : INTERVALS) {
        if (!part.by().intervals().contains(interval)) {
          for (Tick tick : ticks.headMap(part.through(), true).values()) {
            begins.merge(
                new LaneInterval(tick.provider(), tick.lane(), interval),
                tick.srcMicros(),
                Math::max);
          }
        }
      }
    }
    return begins;
  }

  /// All ticks of the log that were not too far ahead of its clock for who judged them for good.
  private static TreeMap<Position, Tick> ticks(World world) {
    TreeMap<Position, Tick> ticks = new TreeMap<>();
    for (Delivery each : world.bus.log(0).history()) {
      if (each instanceof Delivery.Decoded delivery
          && delivery.event() instanceof Tick tick
          && tick.srcMicros() - delivery.appendMicros()
              <= world.judgments.of(delivery.position()).maxFutureMicros()) {
        ticks.put(delivery.position(), tick);
      }
    }
    return ticks;
  }

  private static void add(Map<WindowKey, Set<EventKey>> windows, Tick tick, Interval interval) {
    windows
        .computeIfAbsent(
            new WindowKey(
                tick.provider(),
                tick.lane(),
                tick.symbol(),
                interval,
                interval.start(tick.srcMicros())),
            _ -> new HashSet<>())
        .add(new EventKey(tick.srcMicros(), tick.seq()));
  }

  private record LaneInterval(String provider, String lane, Interval interval) {}

  private record WindowKey(
      String provider, String lane, Symbol symbol, Interval interval, long startMicros) {
    LaneInterval laneInterval() {
      return new LaneInterval(provider, lane, interval);
    }
  }

  private record EventKey(long srcMicros, long seq) {}
}
