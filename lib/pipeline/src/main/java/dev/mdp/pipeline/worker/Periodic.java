package dev.mdp.pipeline.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What is done at most once in an interval, by the thread that comes past. One thread.
public final class Periodic {
  private final Duration every;
  private final InstantSource clock;
  private Instant next;

  private Periodic(Duration every, InstantSource clock, Instant first) {
    this.every = every;
    this.clock = clock;
    this.next = first;
  }

  /// Due at once.
  public static Periodic fromNow(Duration every, InstantSource clock) {
    return new Periodic(every, clock, clock.instant());
  }

  /// Due when the time has passed once.
  public static Periodic after(Duration every, InstantSource clock) {
    return new Periodic(every, clock, clock.instant().plus(every));
  }

  /// Whether it is time; then the time starts again.
  public boolean isDue() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return false;
    }
    next = now.plus(every);
    return true;
  }
}
