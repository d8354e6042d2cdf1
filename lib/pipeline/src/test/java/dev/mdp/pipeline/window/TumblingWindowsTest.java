package dev.mdp.pipeline.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TumblingWindowsTest {
  /// The intervals whose sealed window the last tick missed.
  private List<Interval> missed = List.of();

  private static final Interval TWO_SECONDS = Interval.parse("2s");
  private static final Interval THREE = Interval.parse("3s");
  private static final Interval MINUTE = Interval.parse("1m");
  private static final long SECOND = 1_000_000;
  private static final long FLUSH = SECOND;
  private static final WindowSettings SETTINGS = settings(List.of(TWO_SECONDS), 1_000);

  private final List<Bar> emitted = new ArrayList<>();
  private long nextPosition = 1;

  @Test
  void closesTheWindowWhenTheWatermarkPassesItsAllowedLateness() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);

    fold(windows, tick("SPY", 500_000, 0, 10.0));
    fold(windows, tick("SPY", 2 * SECOND + 499_999, 0, 11.0));
    emit(windows);
    List<Bar> before = List.copyOf(emitted);
    fold(windows, tick("SPY", 2 * SECOND + 500_000, 0, 12.0));
    emit(windows);

    assertThat(before).isEmpty();
    assertThat(emitted).hasSize(1);
    assertThat(emitted.getFirst().startMicros()).isZero();
    assertThat(emitted.getFirst().tradeCount()).isEqualTo(1);
  }

  @Test
  void openAndCloseFollowEventTimeAndSeqNotArrival() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);

    fold(windows, tick("SPY", 500, 2, 3.0));
    fold(windows, tick("SPY", 500, 1, 1.0));
    fold(windows, tick("SPY", 900, 0, 2.0));
    fold(windows, tick("SPY", 900, -1, 9.0));
    close(windows);

    Bar bar = emitted.getFirst();
    assertThat(bar.open()).isEqualTo(1.0);
    assertThat(bar.close()).isEqualTo(2.0);
    assertThat(bar.high()).isEqualTo(9.0);
    assertThat(bar.low()).isEqualTo(1.0);
  }

  @Test
  void countsADuplicateOnceAndKeepsTheSmallerPayloadOfAConflict() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);

    Outcome first = fold(windows, tick("SPY", 500, 0, 5.0));
    Outcome again = fold(windows, tick("SPY", 500, 0, 5.0));
    Outcome larger = fold(windows, tick("SPY", 500, 0, 6.0));
    Outcome smaller = fold(windows, tick("SPY", 500, 0, 4.0));
    close(windows);

    assertThat(List.of(first, again, larger, smaller))
        .containsExactly(Outcome.OPEN, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.CONFLICT);
    assertThat(emitted.getFirst().close()).isEqualTo(4.0);
    assertThat(emitted.getFirst().high()).isEqualTo(4.0);
    assertThat(emitted.getFirst().tradeCount()).isEqualTo(1);
  }

  @Test
  void revisesAnEmittedWindowAndRefusesASealedOne() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    fold(windows, tick("SPY", 500, 0, 5.0));
    fold(windows, tick("SPY", 3 * SECOND, 0, 5.0));
    emit(windows);

    Outcome revised = fold(windows, tick("SPY", 600, 0, 7.0));
    emit(windows);
    fold(windows, tick("SPY", 12 * SECOND + 500_000, 0, 5.0));
    Outcome sealed = fold(windows, tick("SPY", 700, 0, 8.0));

    assertThat(revised).isEqualTo(Outcome.REVISED_LATE);
    assertThat(emitted.getLast().high()).isEqualTo(7.0);
    assertThat(sealed).isEqualTo(Outcome.SEALED_LATE);
    assertThat(missed).containsExactly(TWO_SECONDS);
  }

  @Test
  void aLateEventStillReachesTheLongerWindowThatIsNotSealed() {
    TumblingWindows windows = new TumblingWindows(settings(List.of(TWO_SECONDS, MINUTE), 1_000));
    fold(windows, tick("SPY", 500, 0, 5.0));
    fold(windows, tick("SPY", 30 * SECOND, 0, 6.0));
    emit(windows);

    Outcome late = fold(windows, tick("SPY", 600, 0, 9.0));
    List<Interval> missedThen = missed;
    windows.read(0, false, false);
    long inThePause = windows.retained();
    close(windows);

    assertThat(late).isEqualTo(Outcome.SEALED_LATE);
    assertThat(missedThen).containsExactly(TWO_SECONDS);
    Bar minute = last(MINUTE);
    assertThat(minute.high()).isEqualTo(9.0);
    assertThat(minute.tradeCount()).isEqualTo(3);
  }

  @Test
  void anIdleLanesLastWindowIsEmittedWhileAnotherProviderIsBusy() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    fold(windows, tick("quiet", "SPY", 500, 0, 5.0));
    windows.read(3 * SECOND, true, false);

    fold(windows, tick("busy", "SPY", 3 * SECOND, 0, 5.0));
    windows.read(5 * SECOND, true, false);
    windows.emitDue(5 * SECOND, FLUSH, (bar, _, _) -> emitted.add(bar));

    assertThat(emitted).extracting(Bar::provider).containsExactly("quiet");
  }

  @Test
  void windowLongerThanTheSilenceStaysOpenUntilTheClockPassesIt() {
    TumblingWindows windows =
        new TumblingWindows(
            SETTINGS.withIntervals(List.of(Interval.parse("1m"), Interval.parse("1h"))));
    fold(windows, tick("quiet", "SPY", 500, 0, 5.0), 0);

    Outcome afterThePause = fold(windows, tick("quiet", "SPY", 600, 0, 5.0), 901 * SECOND);
    List<Interval> missedThen = missed;
    windows.read(0, false, false);
    long inThePause = windows.retained();
    fold(windows, tick("busy", "SPY", 3_611 * SECOND, 0, 5.0), 3_611 * SECOND);
    windows.read(0, false, false);

    assertThat(afterThePause).isEqualTo(Outcome.SEALED_LATE);
    assertThat(missedThen).containsExactly(Interval.parse("1m"));
    assertThat(inThePause).as("of the hour").isEqualTo(2);
    assertThat(windows.retained()).as("of the busy lane").isEqualTo(1);
  }

  @Test
  void nothingIsSealedWhileEntriesComeAgain() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    fold(windows, tick("quiet", "SPY", 500, 0, 5.0), 0);
    fold(windows, tick("busy", "SPY", 500, 0, 5.0), 901 * SECOND);

    windows.read(0, false, true);
    long inRecovery = windows.retained();
    windows.read(0, false, false);

    assertThat(inRecovery).isEqualTo(2);
    assertThat(windows.retained()).isEqualTo(1);
  }

  @Test
  void aSilentLaneIsSealedByTheLogsClock() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    fold(windows, tick("quiet", "SPY", 500, 0, 5.0), 0);

    fold(windows, tick("busy", "SPY", 500, 0, 5.0), 901 * SECOND);
    windows.read(0, false, false);
    Outcome late = fold(windows, tick("quiet", "SPY", 600, 0, 5.0), 902 * SECOND);

    assertThat(late).isEqualTo(Outcome.SEALED_LATE);
  }

  @Test
  void theEndOfALaneClosesItsWindowsAtOnce() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    fold(windows, tick("SPY", 500, 0, 5.0));

    windows.end("p", MarketEvent.LIVE, at(), 0, false);
    emit(windows);

    assertThat(emitted).hasSize(1);
    assertThat(windows.retained()).isZero();
    assertThat(windows.firstNeeded()).isEmpty();
  }

  @Test
  void endOfALaneLeavesNothingNeededForAnyIntervals() {
    TumblingWindows windows = new TumblingWindows(settings(List.of(TWO_SECONDS, THREE), 1_000));
    fold(windows, tick("SPY", 8_300_000, 0, 5.0));

    close(windows);

    assertThat(emitted).hasSize(2);
    assertThat(windows.retained()).isZero();
    assertThat(windows.firstNeeded()).isEmpty();
  }

  @Test
  void theCapCountsTheSameEventsAfterARestart() {
    WindowSettings settings = settings(List.of(TWO_SECONDS, THREE), 1_000);
    TumblingWindows before = new TumblingWindows(settings);
    List<Tick> ticks =
        List.of(
            tick("SPY", 2_500_000, 0, 5.0),
            tick("SPY", 3_500_000, 0, 5.0),
            tick("SPY", 15 * SECOND, 0, 5.0));
    ticks.forEach(each -> fold(before, each));

    TumblingWindows after =
        TumblingWindows.restore(before.progress(), settings.intervals(), settings);
    ticks.forEach(each -> after.fold(each, at(), 0, true));

    assertThat(before.retained()).isEqualTo(2);
    assertThat(after.retained()).isEqualTo(2);
  }

  @Test
  void eventsOfAWindowThatIsNotBuiltAreNotRetainedForIt() {
    WindowSettings both = settings(List.of(TWO_SECONDS, MINUTE), 1_000);
    TumblingWindows before = new TumblingWindows(SETTINGS);
    fold(before, tick("SPY", 0, 0, 5.0));
    TumblingWindows after = TumblingWindows.restore(before.progress(), List.of(TWO_SECONDS), both);

    fold(after, tick("SPY", SECOND, 0, 5.0));
    fold(after, tick("SPY", 20 * SECOND, 0, 5.0));

    assertThat(after.retained()).isEqualTo(1);
  }

  @Test
  void atTheCapTheOldestWindowsPastTheirLatenessAreSealedEarly() {
    TumblingWindows windows = new TumblingWindows(settings(List.of(TWO_SECONDS), 4));
    for (int i = 0; i < 5; i++) {
      fold(windows, tick("SPY", i * 2 * SECOND, 0, 5.0));
    }

    long sealedEarly = windows.sealedEarly();
    Outcome late = fold(windows, tick("SPY", 1, 0, 5.0));

    assertThat(sealedEarly).isEqualTo(1);
    assertThat(late).isEqualTo(Outcome.SEALED_LATE);
  }

  @Test
  void atTheCapWithOnlyOpenWindowsItSaysWhatIsNeeded() {
    TumblingWindows windows = new TumblingWindows(settings(List.of(MINUTE), 4));
    for (int i = 0; i < 4; i++) {
      fold(windows, tick("SPY", i * SECOND, 0, 5.0));
    }

    assertThatThrownBy(() -> fold(windows, tick("SPY", 5 * SECOND, 0, 5.0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max_retained_events")
        .hasMessageContaining("1m");
  }

  @Test
  void aMissingHeadMakesNoFragments() {
    TumblingWindows windows = new TumblingWindows(SETTINGS);
    windows.logHeadTrimmed(new Position(1_000, 0));

    Outcome first = fold(windows, tick("SPY", 3 * SECOND, 0, 5.0));
    Outcome second = fold(windows, tick("SPY", 4 * SECOND, 0, 6.0));
    close(windows);

    assertThat(first).isEqualTo(Outcome.FILTERED);
    assertThat(second).isEqualTo(Outcome.OPEN);
    assertThat(emitted).extracting(Bar::startMicros).containsExactly(4 * SECOND);
  }

  @Test
  void anAddedIntervalBeginsWithTheFirstWholeWindowAfterTheChange() {
    TumblingWindows before = new TumblingWindows(SETTINGS);
    fold(before, tick("SPY", 61 * SECOND, 0, 5.0));

    TumblingWindows after =
        TumblingWindows.restore(
            before.progress(), List.of(TWO_SECONDS), settings(List.of(TWO_SECONDS, MINUTE), 1_000));
    fold(after, tick("SPY", 62 * SECOND, 0, 5.0));
    fold(after, tick("SPY", 121 * SECOND, 0, 6.0));
    close(after);

    assertThat(emitted.stream().filter(bar -> bar.interval().equals(MINUTE)))
        .extracting(Bar::startMicros)
        .containsExactly(120 * SECOND);
  }

  private static WindowSettings settings(List<Interval> intervals, long cap) {
    return new WindowSettings(
        "micro_batch", intervals, 500_000, 10 * SECOND, 900 * SECOND, 5 * SECOND, cap);
  }

  private static Tick tick(String symbol, long micros, long seq, double price) {
    return tick("p", symbol, micros, seq, price);
  }

  private static Tick tick(String provider, String symbol, long micros, long seq, double price) {
    return new Tick(
        provider,
        MarketEvent.LIVE,
        Symbol.of(symbol),
        micros,
        seq,
        price,
        1.5,
        Tick.ABSENT,
        Tick.ABSENT,
        micros);
  }

  private Outcome fold(TumblingWindows windows, Tick tick) {
    return fold(windows, tick, 0);
  }

  private Outcome fold(TumblingWindows windows, Tick tick, long appendMicros) {
    FoldResult result = windows.fold(tick, at(), appendMicros, false);
    missed = result.missed();
    return result.outcome();
  }

  private Position at() {
    return new Position(nextPosition++, 0);
  }

  private void emit(TumblingWindows windows) {
    windows.read(0, false, false);
    windows.emitDue(0, FLUSH, (bar, _, _) -> emitted.add(bar));
  }

  private void close(TumblingWindows windows) {
    windows.end("p", MarketEvent.LIVE, at(), 0, false);
    emit(windows);
  }

  private Bar last(Interval interval) {
    return emitted.stream().filter(bar -> bar.interval().equals(interval)).toList().getLast();
  }
}
