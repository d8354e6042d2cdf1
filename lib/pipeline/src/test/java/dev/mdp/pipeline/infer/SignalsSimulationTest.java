package dev.mdp.pipeline.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Crashes, failed calls, lost answers to commits and a log that is trimmed as far as the
/// checkpoint allows change no signal, whatever the order of the ticks. `-Dmdp.seeds=100000` is the
/// long form.
class SignalsSimulationTest {
  private static final int SEEDS = Integer.getInteger("mdp.seeds", 2_000);

  @Test
  void theSignalsAreThoseOfAnUndisturbedRun() {
    Property.check(SEEDS, SignalsSimulationTest::once);
  }

  private static void once(Choices choices) {
    ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
    boolean[] hostile = {true};
    Faults faults =
        point -> {
          if (hostile[0] && choices.onceIn(60)) {
            throw new UnavailableException("made by a test at " + point);
          }
        };
    boolean replays = !choices.onceIn(3);
    EvaluatedShard disturbed =
        new EvaluatedShard(clock, faults, 1 + choices.nextInt(40), 1, replays);
    EvaluatedShard undisturbed = new EvaluatedShard(clock, Faults.NONE, 500, 2, replays);
    int steps = choices.nextInt(20, 250);
    Source source = new Source(clock, choices);
    for (int i = 0; i < steps; i++) {
      MarketEvent event = source.next();
      disturbed.append(event);
      undisturbed.append(event);
      disturb(disturbed, choices);
    }
    hostile[0] = false;
    disturbed.finish();
    undisturbed.finish();

    assertThat(without(undisturbed.signals(), disturbed.signals())).as("missing").isEmpty();
    assertThat(without(disturbed.signals(), undisturbed.signals())).as("too many").isEmpty();
    assertThat(disturbed.published()).isEqualTo(disturbed.signals());
    assertThat(undisturbed.store.checkpoint(EvaluatedShard.KEY).ledger().addsUp()).isTrue();
  }

  private static List<String> without(List<String> all, List<String> others) {
    List<String> left = new ArrayList<>(all);
    left.removeAll(others);
    return left;
  }

  /// Ticks of some feeds in disorder, with pauses and ends.
  record Source(ManualClock clock, Choices choices, List<Tick> sent) {
    Source(ManualClock clock, Choices choices) {
      this(clock, choices, new ArrayList<>());
    }

    MarketEvent next() {
      pass(clock, choices);
      return event(clock, choices, sent);
    }
  }

  private static void pass(ManualClock clock, Choices choices) {
    switch (choices.nextInt(40)) {
      case 0 -> clock.advance(Duration.ofSeconds(choices.nextInt(1, 30)));
      case 1 -> clock.advance(Duration.ofSeconds(choices.nextInt(50, 200)));
      default -> clock.advance(Duration.ofMillis(choices.nextInt(400)));
    }
  }

  private static MarketEvent event(ManualClock clock, Choices choices, List<Tick> sent) {
    String provider = choices.onceIn(4) ? "q" : "p";
    String lane = choices.onceIn(5) ? "replay" : MarketEvent.LIVE;
    if (choices.onceIn(50)) {
      return new LaneEnd(provider, lane);
    }
    if (!sent.isEmpty() && choices.onceIn(12)) {
      Tick again = choices.oneOf(sent);
      // A lane that was silent may be forgotten, and then it is a new one for the oldest of its
      // ticks.
      if (Micros.of(clock.instant()) - again.srcMicros() < 40_000_000) {
        return again;
      }
    }
    long late =
        switch (choices.nextInt(12)) {
          case 0 -> choices.nextLong(9_000_000);
          case 1 -> choices.nextLong(3_000_000);
          default -> choices.nextLong(500_000);
        };
    long micros = Micros.of(clock.instant()) - late;
    Tick tick =
        new Tick(
            provider,
            lane,
            Symbol.of(choices.oneOf(List.of("SPY", "AAPL", "MSFT"))),
            choices.onceIn(6) ? Math.floorDiv(micros, 500_000) * 500_000 : micros,
            choices.nextInt(3),
            100 + choices.nextInt(-500, 500) / 100.0,
            choices.nextInt(5),
            Tick.ABSENT,
            Tick.ABSENT,
            micros);
    sent.add(tick);
    return tick;
  }

  private static void disturb(EvaluatedShard shard, Choices choices) {
    switch (choices.nextInt(30)) {
      case 0 -> shard.crash();
      case 1 -> shard.drain();
      case 2 -> shard.trim();
      default -> {
        if (choices.onceIn(3)) {
          shard.poll();
        }
      }
    }
  }
}
