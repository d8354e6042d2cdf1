package dev.mdp.pipeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetainedEventsTest {
  private static final Symbol SPY = Symbol.of("SPY");
  private final RetainedSlice slice = new RetainedSlice(0, new Position(7, 1));

  @Test
  void whatLiesInUsedMemoryIsForgotten() {
    RetainedEvents old = filled(new RetainedEvents(slice, 10, null), 10, Tick.ABSENT);
    RetainedEvents next = new RetainedEvents(slice, 10, old.memory());

    assertThat(next.memory()).isSameAs(old.memory());
    assertThat(next.size()).isZero();
    assertThat(next.touches(0, Long.MAX_VALUE)).isFalse();
    assertThat(next.add(tick(3, 1.0))).isEqualTo(RetainedEvents.Found.NEW);
    assertThat(next.add(tick(3, 1.0))).isEqualTo(RetainedEvents.Found.DUPLICATE);
  }

  @Test
  void quotesOfFormerEventsAreNotThoseOfTheNext() {
    RetainedEvents old = filled(new RetainedEvents(slice, 10, null), 10, 99.0);
    RetainedEvents next = new RetainedEvents(slice, 10, old.memory());

    next.add(tick(3, Tick.ABSENT));

    assertThat(next.add(tick(3, Tick.ABSENT))).isEqualTo(RetainedEvents.Found.DUPLICATE);
    assertThat(next.add(tick(4, 5.0))).isEqualTo(RetainedEvents.Found.NEW);
    assertThat(next.add(tick(3, Tick.ABSENT))).isEqualTo(RetainedEvents.Found.DUPLICATE);
  }

  @Test
  void memoryIsUsedWhereItFits() {
    long[] small = filled(new RetainedEvents(slice, 0, null), 3, 1.0).memory();
    long[] large = filled(new RetainedEvents(slice, 0, null), 5_000, 1.0).memory();

    assertThat(new RetainedEvents(slice, 100, small).memory()).isNotSameAs(small);
    assertThat(new RetainedEvents(slice, 100, large).memory()).hasSizeLessThan(1_000);
    assertThat(new RetainedEvents(slice, 4_500, large).memory()).isSameAs(large);
  }

  @Test
  void usedMemoryGrowsLikeAnyOther() {
    long[] memory = filled(new RetainedEvents(slice, 10, null), 10, 1.0).memory();
    RetainedEvents next = filled(new RetainedEvents(slice, 10, memory), 1_000, 2.0);

    assertThat(next.size()).isEqualTo(1_000);
    assertThat(IntStream.range(0, 1_000).allMatch(i -> next.srcMicros(i) == i)).isTrue();
  }

  private static RetainedEvents filled(RetainedEvents events, int count, double bid) {
    IntStream.range(0, count).forEach(i -> events.add(tick(i, bid)));
    return events;
  }

  private static Tick tick(long micros, double bid) {
    return new Tick("mine", MarketEvent.LIVE, SPY, micros, 0, 100.0, 1.0, bid, Tick.ABSENT, micros);
  }
}
