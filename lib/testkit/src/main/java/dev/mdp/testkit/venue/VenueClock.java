package dev.mdp.testkit.venue;

import dev.mdp.core.event.Micros;
import java.time.Duration;
import java.time.Instant;

/// The venue's time: the machine's as it was at the start, and from there by the clock that is
/// never set back. Thread-safe.
final class VenueClock {
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();
  private final Duration ahead;

  /// @param ahead how far the time that it tells clients is ahead of the right one
  VenueClock(Duration ahead) {
    this.ahead = ahead;
  }

  /// The right time: for what is recorded.
  Instant now() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  /// What the venue says the time is.
  Instant shown() {
    return now().plus(ahead);
  }

  long shownMicros() {
    return Micros.of(shown());
  }
}
