package dev.mdp.providers.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {
  private static final Instant START = Instant.parse("2025-10-24T14:00:00.000001234Z");
  private static final long START_MICROS = Micros.of(START);

  private final MovableClock clock = new MovableClock(START);

  @Test
  void givesTheFirstTickAtOnceAndTheOthersAtTheirTime() {
    SyntheticSource source = live(List.of("SPY", "AAPL"), 1);

    assertThat(times(source)).containsExactly("AAPL+0");
    assertThat(source.untilNext()).isEqualTo(Duration.ofMillis(500));
    clock.move(Duration.ofMillis(499));
    assertThat(source.next(10)).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(source.untilNext()).isZero();
    assertThat(times(source)).containsExactly("SPY+500000");
    clock.move(Duration.ofMillis(1_000));
    assertThat(times(source)).containsExactly("AAPL+1000000", "SPY+1500000");
  }

  @Test
  void stampsTheDueTimeAsEventTimeAndNowAsIngestTime() {
    SyntheticSource source = live(List.of("SPY"), 10);
    source.next(10);
    clock.move(Duration.ofMillis(130));

    Tick tick = (Tick) source.next(10).getFirst();

    assertThat(tick.srcMicros()).isEqualTo(START_MICROS + 100_000);
    assertThat(tick.ingestMicros()).isEqualTo(START_MICROS + 130_000);
    assertThat(tick.seq()).isZero();
    assertThat(tick.provider()).isEqualTo("synthetic");
    assertThat(tick.lane()).isEmpty();
  }

  @Test
  void returnsNoMoreThanAskedAndTheRestNext() {
    SyntheticSource source = live(List.of("SPY"), 1_000);
    clock.move(Duration.ofMillis(10));

    assertThat(source.next(4)).hasSize(4);
    assertThat(source.next(100)).hasSize(7);
  }

  @Test
  void keepsOneSecondOfBacklogAfterAStallAndGoesOnInTime() {
    SyntheticSource source = live(List.of("A", "B"), 100);
    source.next(1);
    clock.move(Duration.ofHours(5));

    List<Tick> caughtUp = source.next(10_000).stream().map(Tick.class::cast).toList();

    assertThat(caughtUp).hasSize(201);
    assertThat(caughtUp.getFirst().srcMicros())
        .isEqualTo(START_MICROS + Duration.ofHours(5).toSeconds() * 1_000_000 - 1_000_000);
    assertThat(source.skipped().count()).isEqualTo(5 * 3_600 * 200 - 200 - 1);
    assertThat(source.skipped().words())
        .contains("due from " + Micros.format(START_MICROS).substring(0, 20), "when nothing could")
        .contains("to " + Micros.format(caughtUp.getFirst().srcMicros()));
    clock.move(Duration.ofMillis(5));
    assertThat(times(source)).hasSize(1);
  }

  @Test
  void aSkippedTimeMovesThePriceAsFarAsItWouldHave() {
    double movedSlowly = deviationAfterADay(Duration.ofSeconds(1));
    double movedAtOnce = deviationAfterADay(Duration.ofDays(1));

    assertThat(movedSlowly).isCloseTo(0.02, within(0.004));
    assertThat(movedAtOnce).isCloseTo(0.02, within(0.004));
  }

  /// The standard deviation of the log return over one day, of 400 symbols; seed 7.
  private double deviationAfterADay(Duration step) {
    List<String> names = Stream.iterate(0, i -> i + 1).limit(400).map(i -> "S" + i).toList();
    double sum = 0;
    double squares = 0;
    for (String name : names) {
      RandomWalk walk = new RandomWalk(7, Symbol.of(name), 0.02, 0.01);
      walk.step(1);
      double first = walk.price();
      if (step.toSeconds() == 1) {
        for (int i = 0; i < 864; i++) {
          walk.step(1);
        }
      } else {
        walk.step(864);
      }
      double logReturn = Math.log(walk.price() / first);
      sum += logReturn;
      squares += logReturn * logReturn;
    }
    return Math.sqrt(squares / names.size() - Math.pow(sum / names.size(), 2));
  }

  @Test
  void waitsWhenTheClockWasSetBack() {
    SyntheticSource source = live(List.of("SPY"), 1);
    source.next(10);
    clock.move(Duration.ofSeconds(-30));

    assertThat(source.next(10)).isEmpty();
    assertThat(source.untilNext()).isEqualTo(Duration.ofSeconds(31));
  }

  @Test
  void endsAtTheLimit() {
    SyntheticSource source = unpaced(List.of("A", "B", "C"), 10, 1, 100);

    List<Tick> ticks = Events.ticks(source, 7);

    assertThat(ticks).hasSize(100);
    assertThat(source.exhausted()).isTrue();
    assertThat(source.next(5)).isEmpty();
    assertThat(source.untilNext()).isZero();
  }

  @Test
  void isTheSameTwiceWhateverTheBatches() {
    List<Tick> once = Events.ticks(unpaced(List.of("A", "B", "C"), 333.3, 5, 5_000), 1);
    List<Tick> twice = Events.ticks(unpaced(List.of("C", "A", "B"), 333.3, 5, 5_000), 999);

    assertThat(twice).isEqualTo(once);
    assertThat(Events.ticks(unpaced(List.of("A", "B", "C"), 333.3, 6, 5_000), 999))
        .isNotEqualTo(once);
  }

  @Test
  void noTwoTicksShareATimeAndTheyAreInOrder() {
    List<Tick> ticks = Events.ticks(unpaced(List.of("A", "B", "C"), 333_333, 5, 5_000), 100);

    for (int i = 1; i < ticks.size(); i++) {
      assertThat(ticks.get(i).srcMicros()).isGreaterThan(ticks.get(i - 1).srcMicros());
    }
  }

  @Test
  void aSymbolsPricesDoNotDependOnTheOtherSymbols() {
    List<Double> alone =
        Events.ticks(unpaced(List.of("B"), 10, 5, 100), 10).stream().map(Tick::price).toList();
    List<Double> among =
        Events.ticks(unpaced(List.of("A", "B", "C"), 10, 5, 300), 10).stream()
            .filter(tick -> tick.symbol().value().equals("B"))
            .map(Tick::price)
            .toList();

    assertThat(among).isEqualTo(alone);
  }

  @Test
  void looksLikeAMarket() {
    List<Tick> ticks = Events.ticks(unpaced(List.of("SPY", "AAPL", "MSFT"), 1, 42, 30_000), 1_000);

    for (Tick tick : ticks) {
      assertThat(tick.price()).isBetween(10.0, 1_000.0);
      assertThat(new BigDecimal(Double.toString(tick.price())).scale()).isLessThanOrEqualTo(2);
      assertThat(tick.bid()).isLessThan(tick.price());
      assertThat(tick.ask()).isGreaterThan(tick.price());
      assertThat(tick.ask() - tick.bid()).isLessThan(0.05 + tick.price() / 5_000);
      assertThat(tick.size() % 100).isZero();
      assertThat(tick.size()).isPositive();
    }
    assertThat(ticks.stream().map(Tick::price).distinct().count()).isGreaterThan(300);
    assertThat(ticks.stream().map(Tick::size).distinct().count()).isGreaterThan(10);
  }

  @Test
  void aWildMarketNeverGoesBelowOneTick() {
    SyntheticSettings wild =
        new SyntheticSettings(
            "wild",
            "lane-1",
            List.of(new Symbol("X")),
            0.001,
            10,
            3,
            2_000,
            new Pace.AsFastAsAsked(START));

    for (Tick tick : Events.ticks(new SyntheticSource(wild, InstantSource.system()), 100)) {
      assertThat(tick.price()).isGreaterThanOrEqualTo(0.01).isFinite();
      assertThat(tick.bid()).isGreaterThanOrEqualTo(0.01);
      assertThat(tick.lane()).isEqualTo("lane-1");
    }
  }

  private SyntheticSource live(List<String> symbols, double rate) {
    return new SyntheticSource(
        SyntheticSettings.live(symbols.stream().map(Symbol::of).toList(), rate, 0.02, 1), clock);
  }

  private static SyntheticSource unpaced(List<String> symbols, double rate, long seed, long limit) {
    SyntheticSettings settings =
        new SyntheticSettings(
            "synthetic",
            "",
            symbols.stream().map(Symbol::of).toList(),
            rate,
            0.02,
            seed,
            limit,
            new Pace.AsFastAsAsked(START));
    return new SyntheticSource(settings, InstantSource.system());
  }

  private static List<String> times(SyntheticSource source) {
    return source.next(1_000).stream()
        .map(Tick.class::cast)
        .map(tick -> tick.symbol() + "+" + (tick.srcMicros() - START_MICROS))
        .toList();
  }
}
