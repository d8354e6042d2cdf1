package dev.mdp.testkit.venue;

import java.time.Duration;
import java.time.Instant;

/// What clients used of the venue's REST budget, in windows that begin at whole multiples of their
/// length. Thread-safe.
final class WeightMeter {
  private final Allowance allowance;
  private final int requestsBeforeBan;
  private final long windowMillis;
  private long window;
  private int used;
  private int refused;
  private Instant bannedUntil = Instant.MIN;

  /// What the venue does with a request.
  ///
  /// @param retryAfter how long the client is to wait; zero for a good answer
  /// @param used weight in the window so far
  record Verdict(boolean banned, Duration retryAfter, int used) {
    boolean isGood() {
      return retryAfter.isZero();
    }
  }

  WeightMeter(RestScript script) {
    this.allowance = script.weight;
    this.requestsBeforeBan = script.requestsBeforeBan;
    this.windowMillis =
        (allowance.isUnlimited() ? Duration.ofMinutes(1) : allowance.window()).toMillis();
  }

  synchronized Verdict take(int weight, Instant now) {
    long millis = now.toEpochMilli();
    if (millis / windowMillis != window) {
      window = millis / windowMillis;
      used = 0;
      refused = 0;
    }
    used += weight;
    if (now.isBefore(bannedUntil)) {
      return new Verdict(true, Duration.between(now, bannedUntil), used);
    }
    if (allowance.isUnlimited() || used <= allowance.most()) {
      return new Verdict(false, Duration.ZERO, used);
    }
    if (++refused > requestsBeforeBan) {
      bannedUntil = now.plusMillis(2 * windowMillis);
      return new Verdict(true, Duration.ofMillis(2 * windowMillis), used);
    }
    return new Verdict(false, Duration.ofMillis((window + 1) * windowMillis - millis), used);
  }
}
