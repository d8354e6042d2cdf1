package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlayPaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void asManyAreDueAsTheRateSaysHoweverOftenItIsAsked() {
    PlayPace pace = new PlayPace(5_000, 7);

    assertThat(pace.due(7)).isZero();
    assertThat(pace.due(7 + SECOND / 5_000)).isEqualTo(1);
    long due = 1;
    for (long millis = 1; millis <= 1_000; millis++) {
      due += pace.due(7 + millis * SECOND / 1_000);
    }
    assertThat(due).isEqualTo(5_000);
    assertThat(pace.due(7 + 60 * SECOND)).isEqualTo(59 * 5_000);
  }

  @Test
  void slowRatesAreKeptOverManyLooks() {
    PlayPace pace = new PlayPace(0.5, 0);
    int due = 0;
    for (int looks = 1; looks <= 10_000; looks++) {
      due += pace.due(looks * SECOND / 1_000);
    }
    assertThat(due).isEqualTo(5);
  }
}
