package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.ClockDifference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the venue's clock is so far ahead of ours that its trades would be refused as of the
/// future. One thread.
///
/// Every trade and every message with a time shows the difference less the time that it travelled,
/// so that delay never makes a clock look ahead. Of each second the last sight of every symbol
/// counts, and one of the venue's own messages; their median is the second's, so that one symbol
/// with wrong times is outvoted, and the median of the last five seconds decides, so that no single
/// frame does. Where two are in the middle the smaller one counts: in doubt the feed continues.
final class ClockWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Longer than it takes to decide, when there are messages every second.
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(5);

  /// In the place of a symbol: the venue's own messages.
  private static final String MESSAGES = "";

  private final String provider;
  private final long limit;
  private final Map<String, Long> sights = new HashMap<>();
  private final RecentMedian ahead = new RecentMedian();
  private final RecentMedian messages = new RecentMedian();
  private @Nullable Instant secondEnds;
  private @Nullable Instant doubtSince;
  private boolean warned;

  /// @param maxFuture how far a trade may be ahead of our clock
  ClockWatch(String provider, Duration maxFuture) {
    this.provider = provider;
    this.limit = Micros.of(maxFuture);
  }

  void trade(Tick trade) {
    sights.put(trade.symbol().value(), trade.srcMicros() - trade.ingestMicros());
  }

  /// A message of the venue with its time.
  void message(Duration difference) {
    sights.put(MESSAGES, Micros.of(difference));
  }

  /// Judges when a second is over. Throws [dev.mdp.core.error.ConfigException] when trades cannot
  /// be used by these clocks.
  void look(Instant now) {
    Instant end = secondEnds;
    if (end == null) {
      secondEnds = now.plus(SECOND);
    } else if (!now.isBefore(end)) {
      secondEnds = now.plus(SECOND);
      if (!sights.isEmpty()) {
        secondIsOver(now);
      }
    }
  }

  private void secondIsOver(Instant now) {
    Long message = sights.get(MESSAGES);
    if (message != null) {
      messages.add(now, message);
    }
    ahead.add(
        now,
        RecentMedian.lower(sights.values().stream().mapToLong(Long::longValue).sorted().toArray()));
    sights.clear();
    ahead.value().ifPresent(this::judge);
    messages.value().ifPresent(this::judgeMessages);
  }

  private void judge(long ahead) {
    if (ahead > limit) {
      throw ClockDifference.tooFarAhead(provider, duration(ahead), duration(limit));
    }
    if (ahead > limit / 2) {
      warn(
          "the clock of {} is {} ahead of this machine's; when it is more than {} ahead, the feed"
              + " ends: set this machine's clock right",
          ahead);
    }
  }

  /// A venue that sends late looks the same as a clock that is behind, and its trades are good: it
  /// ends nothing.
  private void judgeMessages(long ahead) {
    if (ahead < -limit / 2) {
      warn(
          "messages of {} are {} old by this machine's clock (trades may be {} ahead of it): it is"
              + " set ahead, or they come late",
          ahead);
    }
  }

  private void warn(String text, long ahead) {
    if (!warned) {
      warned = true;
      LOG.warn(
          text,
          provider,
          ClockDifference.words(duration(ahead)),
          ClockDifference.words(duration(limit)));
    }
  }

  /// Whether trades should wait until it is decided.
  boolean isDoubtful(Instant now) {
    OptionalLong last = ahead.last();
    boolean suspect =
        last.isPresent()
            ? last.getAsLong() > limit
            : sights.values().stream().anyMatch(sight -> sight > limit);
    if (!suspect) {
      doubtSince = null;
      return false;
    }
    Instant since = doubtSince == null ? now : doubtSince;
    doubtSince = since;
    return now.isBefore(since.plus(LONGEST_DOUBT));
  }

  private static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
