package dev.mdp.providers.wire;

import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// How far a venue's clock is ahead of ours, by the times at which it says it sent its messages:
/// reported at most once a second. One thread.
public final class ClockOffsets {
  private static final long EVERY_MICROS = 1_000_000;

  private long lastMicros = CharNumbers.NO_TIME;

  /// @param sentMicros when the venue sent it, or [CharNumbers#NO_TIME]
  /// @param receivedMicros when it came, by our clock
  public void look(long sentMicros, long receivedMicros, FeedListener into) {
    if (sentMicros == CharNumbers.NO_TIME
        || (lastMicros != CharNumbers.NO_TIME
            && Math.abs(receivedMicros - lastMicros) < EVERY_MICROS)) {
      return;
    }
    lastMicros = receivedMicros;
    into.notice(
        new FeedNotice.ClockOffset(Duration.of(sentMicros - receivedMicros, ChronoUnit.MICROS)));
  }
}
