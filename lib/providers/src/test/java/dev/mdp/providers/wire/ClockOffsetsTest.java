package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.feed.FeedNotice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockOffsetsTest {
  private static final long SECOND = 1_000_000;

  private final ClockOffsets offsets = new ClockOffsets();
  private final Recorded recorded = new Recorded();
  private long now = Recorded.RECEIVED;

  @Test
  void aMessageWithAWrongTimeSaysNothingAmongOthers() {
    look(0);
    for (int second = 0; second < 5; second++) {
      look(3_600 * SECOND);
      look(2);
      look(1);
      now += SECOND;
    }
    look(3);

    assertThat(recorded.notices(FeedNotice.ClockOffset.class))
        .hasSize(6)
        .allMatch(offset -> offset.ahead().compareTo(Duration.ofMillis(1)) < 0);
  }

  @Test
  void whatMostMessagesSayIsReported() {
    look(10 * SECOND);
    for (int i = 0; i < 100; i++) {
      look(10 * SECOND - i);
    }
    now += SECOND;
    look(0);

    assertThat(recorded.notices(FeedNotice.ClockOffset.class))
        .last()
        .extracting(offset -> offset.ahead().toSeconds())
        .isEqualTo(9L);
  }

  private void look(long aheadMicros) {
    offsets.look(now + aheadMicros, now, recorded);
  }
}
