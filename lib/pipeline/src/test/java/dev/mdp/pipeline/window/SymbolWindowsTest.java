package dev.mdp.pipeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import org.junit.jupiter.api.Test;

class SymbolWindowsTest {
  private static final Symbol SPY = Symbol.of("SPY");
  private final SymbolWindows symbol = new SymbolWindows(SPY, 1);

  @Test
  void memoryGoesFromSliceToSliceOnce() {
    RetainedEvents first = begin(0, 20);
    begin(100, 20);
    begin(200, 20);
    symbol.forget(0);

    RetainedEvents fourth = begin(300, 20);
    RetainedEvents fifth = begin(400, 20);

    assertThat(fourth.memory()).isSameAs(first.memory());
    assertThat(fifth.memory()).isNotSameAs(first.memory());
    assertThat(fourth.size()).isEqualTo(20);
    assertThat(fourth.srcMicros(0)).isEqualTo(300);
  }

  @Test
  void noMoreMemoryIsKeptThanForWhatIsRetained() {
    long[] burst = begin(0, 90).memory();
    begin(100, 1);
    symbol.forget(0);
    RetainedEvents after = begin(200, 90);

    assertThat(after.memory()).isNotSameAs(burst);
  }

  /// This many events of one slice, a microsecond apart.
  private RetainedEvents begin(long start, int events) {
    RetainedEvents all = symbol.begin(new RetainedSlice(start, new Position(start, 1)));
    for (long micros = start; micros < start + events; micros++) {
      all.add(
          new Tick(
              "mine",
              MarketEvent.LIVE,
              SPY,
              micros,
              0,
              100.0,
              1.0,
              Tick.ABSENT,
              Tick.ABSENT,
              micros));
    }
    return all;
  }
}
