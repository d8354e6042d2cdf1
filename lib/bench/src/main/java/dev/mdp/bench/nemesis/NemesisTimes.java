package dev.mdp.bench.nemesis;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/// The wall clock, and waiting.
final class NemesisTimes {
  private static final Clock CLOCK = Clock.systemUTC();

  private NemesisTimes() {}

  static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, CLOCK.instant());
  }

  /// An interrupt ends it early and stays set.
  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
