package dev.mdp.cli.scenario;

import java.time.Instant;
import java.time.InstantSource;

/// A clock by which time passes faster from its making on: what waits a minute waits seconds.
/// Thread-safe.
///
/// @param times how much faster
record FastClock(Instant start, long startNanos, int times) implements InstantSource {
  static FastClock running(int times) {
    return new FastClock(Instant.now(), System.nanoTime(), times);
  }

  @Override
  public Instant instant() {
    return start.plusNanos((System.nanoTime() - startNanos) * times);
  }
}
