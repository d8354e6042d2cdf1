package dev.mdp.pipeline.feed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a series' trades came, and whether its silence is to be doubted: after it became live,
/// until the first trade shows what was missed before it, and later when it is longer than its own
/// rate makes likely. One thread.
final class SeriesPulse {
  /// A venue's stream and its history are not at the same trade at once.
  private static final Duration AFTER_LIVE = Duration.ofSeconds(1);

  private static final Duration LEAST = Duration.ofSeconds(30);

  /// Of trades that come independently of each other one in a million pauses is longer than this
  /// many mean intervals: e to the -13.8.
  private static final long UNLIKELY = 14;

  private @Nullable Instant live;
  private @Nullable Instant lastTrade;
  private @Nullable Instant asked;
  private long trades;

  /// The venue confirmed the series.
  void live(Instant now) {
    live = now;
    lastTrade = null;
    asked = null;
    trades = 0;
  }

  /// No trade is to come any more.
  void gone() {
    live = null;
  }

  void trade(Instant now) {
    lastTrade = now;
    trades++;
  }

  /// The venue was asked for the newest trade.
  void asked(Instant now) {
    asked = now;
  }

  boolean isDoubtful(Instant now) {
    Instant since = live;
    if (since == null) {
      return false;
    }
    Instant last = lastTrade;
    if (last == null && asked == null) {
      return !now.isBefore(since.plus(AFTER_LIVE));
    }
    Instant quiet = last == null ? since : last;
    Instant from = asked != null && asked.isAfter(quiet) ? asked : quiet;
    return !now.isBefore(from.plus(longestLikely(since, quiet)));
  }

  private Duration longestLikely(Instant since, Instant last) {
    if (trades == 0) {
      return LEAST.multipliedBy(10);
    }
    Duration mean = Duration.between(since, last).dividedBy(trades);
    Duration unlikely = mean.multipliedBy(UNLIKELY);
    return unlikely.compareTo(LEAST) > 0 ? unlikely : LEAST;
  }
}
