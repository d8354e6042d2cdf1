package dev.mdp.bus;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Keeps the reads of a stream apart, so that its entries come in groups: for as long as a dozen or
/// so take at their present rate, but never longer than the linger time. So a slow stream costs few
/// reads, and a fast one waits little. One thread.
public final class ReadPace {
  private static final int GROUP = 16;
  private static final long LEAST_NANOS = 2_000_000;

  private final long lingerNanos;
  private long pauseNanos;
  private long lastReadNanos;

  public ReadPace(Duration linger) {
    this.lingerNanos = linger.toNanos();
    this.pauseNanos = lingerNanos;
    this.lastReadNanos = System.nanoTime() - lingerNanos;
  }

  /// A read has just brought this many entries.
  public void read(int entries) {
    long now = System.nanoTime();
    pauseNanos = pauseNanos(now - lastReadNanos, entries);
    lastReadNanos = now;
  }

  /// How long to wait after a read that brought these entries, which took this long to come.
  long pauseNanos(long sinceNanos, int entries) {
    return entries == 0
        ? lingerNanos
        : Math.min(lingerNanos, Math.max(LEAST_NANOS, sinceNanos / entries * GROUP));
  }

  /// Waits before a read that may wait for this long itself.
  public void linger(Duration wait) {
    long left = pauseNanos - (System.nanoTime() - lastReadNanos);
    long nanos = Math.min(left, wait.toNanos());
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }
}
