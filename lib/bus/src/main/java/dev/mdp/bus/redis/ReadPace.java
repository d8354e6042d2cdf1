package dev.mdp.bus.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Keeps the reads of a slow stream a linger time apart, so that its entries come in groups. One
/// thread.
final class ReadPace {
  private final long lingerNanos;
  private long lastReadNanos;

  ReadPace(Duration linger) {
    this.lingerNanos = linger.toNanos();
    this.lastReadNanos = System.nanoTime() - lingerNanos;
  }

  /// A read has just brought entries, or none.
  void read() {
    lastReadNanos = System.nanoTime();
  }

  /// Waits before a read that may wait for this long itself.
  void linger(Duration wait) {
    long left = lingerNanos - (System.nanoTime() - lastReadNanos);
    long nanos = Math.min(left, wait.toNanos());
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }
}
