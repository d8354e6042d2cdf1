package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollingWindowTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00.900Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void findsABurstThatLiesAcrossTwoSeconds() {
    List<Instant> times =
        IntStream.range(0, 9).mapToObj(i -> START.plusMillis(i < 5 ? 0 : 200)).toList();

    assertThat(RollingWindow.most(times, SECOND)).isEqualTo(9);
  }

  @Test
  void endOfAWindowIsNotInIt() {
    List<Instant> times = List.of(START, START.plus(SECOND), START.plus(SECOND).plusNanos(1));

    assertThat(RollingWindow.most(times, SECOND)).isEqualTo(2);
    assertThat(RollingWindow.most(List.of(), SECOND)).isZero();
  }

  @Test
  void weighsWhatItCounts() {
    List<Instant> times = List.of(START, START.plusMillis(500), START.plusMillis(1_200));

    assertThat(RollingWindow.most(times, new int[] {25, 4, 20}, SECOND)).isEqualTo(29);
  }

  @Test
  void isExceededByOneTooManyAndNotAfterTheWindow() {
    RollingWindow window = new RollingWindow(new Allowance(2, SECOND));

    assertThat(window.isExceededAt(START)).isFalse();
    assertThat(window.isExceededAt(START.plusMillis(100))).isFalse();
    assertThat(window.isExceededAt(START.plusMillis(999))).isTrue();
    assertThat(window.isExceededAt(START.plusMillis(2_100))).isFalse();
  }
}
