package dev.mdp.providers.net;

import java.time.Duration;
import java.util.ArrayDeque;

/// At most so much in every rolling window, both of its ends included, and spaced: a window is
/// never spent in its first moments, as a bucket's burst and its refill are twice the limit within
/// one window. Not thread-safe.
final class RollingLimit {
  private record Spent(long atNanos, int weight) {}

  private final int most;
  private final long windowNanos;
  private final ArrayDeque<Spent> spent = new ArrayDeque<>();
  private int sum;
  private long nextNanos = Long.MIN_VALUE;

  RollingLimit(int most, Duration window) {
    if (most < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("not a limit: " + most + " in " + window);
    }
    this.most = most;
    this.windowNanos = window.toNanos();
  }

  /// Spends this much when that is within the limit.
  ///
  /// @param nowNanos never goes back
  /// @return 0 when it was spent, otherwise in how many nanoseconds it may be
  long take(long nowNanos, int weight) {
    long wait = waitNanos(nowNanos, weight);
    if (wait == 0) {
      note(nowNanos, weight);
      nextNanos = nowNanos + Math.ceilDiv(windowNanos, (long) most) * weight;
    }
    return wait;
  }

  /// Counts what was spent without being asked for.
  void note(long nowNanos, int weight) {
    spent.addLast(new Spent(nowNanos, weight));
    sum += weight;
  }

  private long waitNanos(long nowNanos, int weight) {
    if (weight < 1 || weight > most) {
      throw new IllegalArgumentException(
          "a request of weight " + weight + " does not fit in a limit of " + most);
    }
    while (!spent.isEmpty() && nowNanos - spent.getFirst().atNanos > windowNanos) {
      sum -= spent.removeFirst().weight;
    }
    long wait = nextNanos == Long.MIN_VALUE ? 0 : Math.max(0, nextNanos - nowNanos);
    int tooMuch = sum + weight - most;
    for (Spent each : spent) {
      if (tooMuch <= 0) {
        break;
      }
      tooMuch -= each.weight;
      wait = Math.max(wait, each.atNanos + windowNanos + 1 - nowNanos);
    }
    return wait;
  }
}
