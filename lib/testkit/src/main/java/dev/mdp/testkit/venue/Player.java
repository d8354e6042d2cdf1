package dev.mdp.testkit.venue;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Releases a market's trades at a steady rate. Thread-safe.
final class Player {
  private static final long SLICE_NANOS = 2_000_000;

  private final Supplier<Market> market;
  private @Nullable Thread thread;

  Player(Supplier<Market> market) {
    this.market = market;
  }

  /// @param perSecond 0 or less: none
  synchronized void play(double perSecond) {
    Thread before = thread;
    if (before != null) {
      before.interrupt();
    }
    thread =
        perSecond > 0 ? Thread.ofVirtual().name("venue-player").start(() -> run(perSecond)) : null;
  }

  private void run(double perSecond) {
    long start = System.nanoTime();
    long done = 0;
    while (!Thread.currentThread().isInterrupted()) {
      long due = (long) ((System.nanoTime() - start) / 1e9 * perSecond);
      if (due > done) {
        market.get().releaseNext((int) Math.min(Integer.MAX_VALUE, due - done));
        done = due;
      }
      LockSupport.parkNanos(this, SLICE_NANOS);
    }
  }
}
