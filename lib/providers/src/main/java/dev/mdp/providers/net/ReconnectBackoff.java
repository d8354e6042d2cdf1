package dev.mdp.providers.net;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next connection: anything up to a ceiling that doubles from 1 s to
/// 60 s ("full jitter"), so that many that were cut at once do not come back at once. The ceiling
/// is low again only after a connection that brought data for 60 s: one that is accepted and cut
/// again is no success. Not thread-safe.
final class ReconnectBackoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final Duration PROVEN = Duration.ofSeconds(60);

  private final RandomGenerator random;
  private Duration ceiling = FIRST;

  ReconnectBackoff(RandomGenerator random) {
    this.random = random;
  }

  /// @param dataFor how long the connection before brought data; zero when there was none
  Duration next(Duration dataFor) {
    if (dataFor.compareTo(PROVEN) >= 0) {
      ceiling = FIRST;
    }
    Duration wait = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(MOST) > 0 ? MOST : doubled;
    return wait;
  }
}
