package dev.mdp.providers.net;

import java.time.Duration;
import java.time.InstantSource;

/// Time as a feed needs it: that of the day for its stamps, a steady one for its timers, and the
/// only way in which its thread waits. Tests own it, so that they run hours in milliseconds.
/// Thread-safe, but for one waiting thread.
public interface FeedTime {
  /// Microseconds since the epoch.
  long micros();

  /// Nanoseconds since some moment at which nothing had begun; never goes back.
  long nanos();

  /// Waits until [#wake] was called since the last call, or for this long, or less.
  void await(Duration most);

  /// Ends the present or the next wait.
  void wake();

  /// The real one.
  ///
  /// @param clock for stamps
  static FeedTime of(InstantSource clock) {
    return new SystemFeedTime(clock);
  }
}
