package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The pings of one connection that were not answered yet. One thread.
final class PingWatch {
  private final long limit;
  private final Deque<Sent> open = new ArrayDeque<>();

  private record Sent(String payload, long at) {}

  /// @param limit null or zero: a ping need not be answered
  PingWatch(@Nullable Duration limit) {
    this.limit = limit == null || limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
  }

  void sent(String payload, long now) {
    open.addLast(new Sent(payload, now));
  }

  /// A pong is for the ping with its payload, and for those before.
  void heard(String payload) {
    if (open.stream().anyMatch(ping -> ping.payload().equals(payload))) {
      while (!open.removeFirst().payload().equals(payload)) {
        // older than the one that was answered
      }
    }
  }

  boolean isOverdue(long now) {
    Sent oldest = open.peekFirst();
    return oldest != null && now - oldest.at() >= limit;
  }

  /// How long until the oldest one is overdue.
  long nanosLeft(long now) {
    Sent oldest = open.peekFirst();
    return oldest == null ? Long.MAX_VALUE : Math.max(0, limit - (now - oldest.at()));
  }
}
