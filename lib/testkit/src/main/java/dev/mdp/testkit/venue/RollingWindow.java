package dev.mdp.testkit.venue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Counts what happened in the time just past. Thread-safe.
final class RollingWindow {
  private final Allowance allowance;
  private final Deque<Instant> times = new ArrayDeque<>();

  RollingWindow(Allowance allowance) {
    this.allowance = allowance;
  }

  /// One more; returns whether it is more than is allowed.
  synchronized boolean isExceededAt(Instant now) {
    if (allowance.isUnlimited()) {
      return false;
    }
    times.addLast(now);
    while (!times.getFirst().isAfter(now.minus(allowance.window()))) {
      times.removeFirst();
    }
    return times.size() > allowance.most();
  }

  /// The most of these ascending times that any window holds; its end is exclusive.
  static int most(List<Instant> times, Duration window) {
    int[] each = new int[times.size()];
    Arrays.fill(each, 1);
    return most(times, each, window);
  }

  static int most(List<Instant> times, int[] weights, Duration window) {
    int most = 0;
    int sum = 0;
    int first = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      while (!times.get(first).plus(window).isAfter(times.get(i))) {
        sum -= weights[first++];
      }
      most = Math.max(most, sum);
    }
    return most;
  }
}
