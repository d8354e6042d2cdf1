package dev.mdp.providers.wire;

import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// How far a venue's clock is ahead of ours, by the times at which it says it sent its messages:
/// reported at most once a second, as the median of the first of them since the last report, so
/// that one with a wrong time says nothing. One thread.
public final class ClockOffsets {
  private static final long EVERY_MICROS = 1_000_000;
  private static final int MOST = 15;

  private final long[] offsets = new long[MOST];
  private int count;
  private long lastMicros = CharNumbers.NO_TIME;

  /// @param sentMicros when the venue sent it, or [CharNumbers#NO_TIME]
  /// @param receivedMicros when it came, by our clock
  public void look(long sentMicros, long receivedMicros, FeedListener into) {
    if (sentMicros == CharNumbers.NO_TIME) {
      return;
    }
    if (count < MOST) {
      offsets[count++] = sentMicros - receivedMicros;
    }
    if (lastMicros != CharNumbers.NO_TIME && Math.abs(receivedMicros - lastMicros) < EVERY_MICROS) {
      return;
    }
    lastMicros = receivedMicros;
    Arrays.sort(offsets, 0, count);
    long median = offsets[(count - 1) / 2];
    count = 0;
    into.notice(new FeedNotice.ClockOffset(Duration.of(median, ChronoUnit.MICROS)));
  }
}
