package dev.mdp.testkit.venue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says when something is due, by `System.nanoTime`. One thread.
final class Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  private final long every;
  private final boolean repeats;
  private long next;
  private boolean on;

  private Alarm(@Nullable Duration length, boolean repeats, long now) {
    this.every = length == null ? 0 : length.toNanos();
    this.repeats = repeats;
    this.next = now + every;
    this.on = every > 0;
  }

  /// Rings again and again; zero or null: never.
  static Alarm every(@Nullable Duration length, long now) {
    return new Alarm(length, true, now);
  }

  /// Rings once; zero or null: never.
  static Alarm after(@Nullable Duration length, long now) {
    return new Alarm(length, false, now);
  }

  boolean rings(long now) {
    if (!on || now - next < 0) {
      return false;
    }
    next = now + every;
    on = repeats;
    return true;
  }

  /// How long until it rings.
  long nanosLeft(long now) {
    return on ? Math.max(0, next - now) : NEVER;
  }
}
