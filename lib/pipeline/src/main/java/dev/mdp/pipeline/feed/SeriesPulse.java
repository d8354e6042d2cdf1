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

  /// A trade that the venue has announced may be on its way for as long.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private static final Duration ASK_AGAIN = Duration.ofMinutes(10);

  /// A history is behind its stream, or could not be asked.
  private static final Duration SECOND_LOOK = Duration.ofSeconds(10);

  private @Nullable Instant live;
  private @Nullable Instant lastTrade;
  private @Nullable Instant asked;
  private @Nullable Instant behindSince;
  private @Nullable Instant unheardSince;
  private long announced;
  private int answers;
  private long trades;

  /// The venue confirmed the series.
  void live(Instant now) {
    announced = 0;
    answers = 0;
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
    unheardSince = now.plus(ASK_AGAIN);
  }

  /// It said which one that is.
  void answered() {
    answers++;
  }

  /// The venue says which trade is its newest.
  void announced(long id) {
    announced = id;
  }

  /// Whether nothing came for so long since the first call that the venue is to be asked whether it
  /// has the series at all.
  boolean isUnheard(Instant now) {
    Instant since = unheardSince;
    if (since == null) {
      unheardSince = now;
      return false;
    }
    return !now.isBefore(since.plus(LEAST));
  }

  /// Whether nothing has come for long, however slow the series is.
  boolean isSilent(Instant now) {
    Instant since = lastTrade == null ? live : lastTrade;
    return since != null && !now.isBefore(since.plus(LEAST));
  }

  /// @param newest the newest trade that came
  boolean isDoubtful(long newest, Instant now) {
    Instant since = live;
    if (since == null) {
      return false;
    }
    if (isBehind(newest, now)) {
      return true;
    }
    Instant last = lastTrade;
    if (last == null && asked == null) {
      return !now.isBefore(since.plus(AFTER_LIVE));
    }
    Instant quiet = last == null ? since : last;
    Instant from = asked != null && asked.isAfter(quiet) ? asked : quiet;
    return !now.isBefore(from.plus(longestLikely(since, quiet)));
  }

  /// Whether the venue has announced a trade, and it does not come.
  private boolean isBehind(long newest, Instant now) {
    if (announced <= newest) {
      behindSince = null;
      return false;
    }
    Instant since = behindSince == null ? now : behindSince;
    behindSince = since;
    Instant from = asked != null && asked.isAfter(since) ? asked : since;
    return !now.isBefore(from.plus(ON_ITS_WAY));
  }

  private Duration longestLikely(Instant since, Instant last) {
    if (trades == 0) {
      return answers < 2 ? SECOND_LOOK : LEAST.multipliedBy(10);
    }
    Duration mean = Duration.between(since, last).dividedBy(trades);
    Duration unlikely = mean.multipliedBy(UNLIKELY);
    return unlikely.compareTo(LEAST) > 0 ? unlikely : LEAST;
  }
}
