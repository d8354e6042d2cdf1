package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.Simulation.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.Seeds;
import dev.mdp.pipeline.window.WindowSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The settings change at every restart: intervals are added, lateness grows and shrinks. Whatever
/// happens, a bar holds all events of its window, except for those that a dead letter names.
class MicroBatchChangesSimulationTest {
  private static final List<Interval> INTERVALS =
      Stream.of("1s", "3s", "5s", "10s").map(Interval::parse).toList();

  @Test
  void noChangeOfSettingsMakesAFragment() {
    Seeds.forEach(500, MicroBatchChangesSimulationTest::makesNoFragmentUnlessTheCapEndsIt);
  }

  private static void makesNoFragmentUnlessTheCapEndsIt(SplittableRandom random) {
    long cap = Simulation.cap(random);
    Simulation simulation = new Simulation(random, 1, run -> settings(random, run, cap));
    try {
      makesNoFragment(simulation);
    } catch (Simulation.CapReached e) {
      assertThat(cap).isLessThan(10_000);
    }
  }

  private static void makesNoFragment(Simulation simulation) {
    simulation.run();

    Map<WindowKey, Set<EventKey>> appended = new HashMap<>();
    Map<WindowKey, Set<EventKey>> missed = new HashMap<>();
    Map<Position, Tick> ticks = ticks(simulation);
    ticks.values().forEach(tick -> INTERVALS.forEach(interval -> add(appended, tick, interval)));
    simulation.bus().deadLetters().stream()
        .filter(letter -> letter.reason().equals(DeadLetter.SEALED))
        .forEach(letter ->
            letter
                .intervals()
                .forEach(interval ->
                    add(missed, ticks.get(letter.position()), Interval.parse(interval))));

    for (Bar bar : simulation.store().bars()) {
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
    assertThat(simulation.entriesOutsideRecovered()).isEqualTo(simulation.bus().length(0));
    assertThat(simulation.store().checkpoint(KEY).position())
        .isEqualTo(simulation.bus().openShard("", 0).bounds().lastEver());
  }

  /// Every third run builds one interval more.
  private static WindowSettings settings(SplittableRandom random, long run, long cap) {
    return new WindowSettings(
        INTERVALS.subList(0, (int) Math.min(INTERVALS.size(), 1 + (run + 1) / 3)),
        random.nextInt(1_000) * 1_000L,
        4_000_000 + random.nextInt(3) * 1_000_000L,
        8_000_000,
        Simulation.MAX_FUTURE_MICROS,
        cap);
  }

  /// All ticks of the log that are not too far ahead of its clock.
  private static Map<Position, Tick> ticks(Simulation simulation) {
    Map<Position, Tick> ticks = new HashMap<>();
    for (Delivery each : simulation.bus().openShard("", 0).poll(Integer.MAX_VALUE, Duration.ZERO)) {
      if (each instanceof Delivery.Decoded delivery
          && delivery.event() instanceof Tick tick
          && tick.srcMicros() - delivery.appendMicros() <= Simulation.MAX_FUTURE_MICROS) {
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
