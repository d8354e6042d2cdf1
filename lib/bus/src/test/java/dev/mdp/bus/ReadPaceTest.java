package dev.mdp.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final long MILLI = 1_000_000;
  private final ReadPace pace = new ReadPace(Duration.ofMillis(20));

  @Test
  void aSlowStreamLingersAsLongAsItMay() {
    assertThat(pace.pauseNanos(500 * MILLI, 0)).isEqualTo(20 * MILLI);
    assertThat(pace.pauseNanos(500 * MILLI, 1)).isEqualTo(20 * MILLI);
    assertThat(pace.pauseNanos(24 * MILLI, 10)).isEqualTo(20 * MILLI);
  }

  @Test
  void aFastStreamWaitsForADozenEntriesOrSo() {
    assertThat(pace.pauseNanos(20 * MILLI, 100)).isEqualTo(32 * MILLI / 10);
  }

  @Test
  void aFullStreamStillGathersForAMoment() {
    assertThat(pace.pauseNanos(10 * MILLI, 5_000)).isEqualTo(2 * MILLI);
  }

  @Test
  void noLingerMeansNoPause() {
    assertThat(new ReadPace(Duration.ZERO).pauseNanos(10 * MILLI, 1)).isZero();
  }
}
