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

  /// What was played before has ended when this returns.
  ///
  /// @param perSecond 0 or less: none
  synchronized void play(double perSecond) {
    Thread before = thread;
    if (before != null) {
      before.interrupt();
      join(before);
    }
    thread =
        perSecond > 0 ? Thread.ofVirtual().name("venue-player").start(() -> run(perSecond)) : null;
  }

  private static void join(Thread player) {
    try {
      player.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(double perSecond) {
    PlayPace pace = new PlayPace(perSecond, System.nanoTime());
    while (!Thread.currentThread().isInterrupted()) {
      int due = pace.due(System.nanoTime());
      if (due > 0) {
        market.get().releaseNext(due);
      }
      LockSupport.parkNanos(this, SLICE_NANOS);
    }
  }
}
