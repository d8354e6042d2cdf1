package dev.mdp.providers.net;

import dev.mdp.core.event.Micros;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The time of this machine. Its timers are of the steady clock, which no correction of the time of
/// day moves. Thread-safe, but for one waiting thread.
final class SystemFeedTime implements FeedTime {
  private final InstantSource clock;
  private final long start = System.nanoTime();
  private volatile @Nullable Thread waiting;
  private volatile boolean woken;

  SystemFeedTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long micros() {
    return Micros.of(clock.instant());
  }

  @Override
  public long nanos() {
    return System.nanoTime() - start;
  }

  @Override
  public void await(Duration most) {
    waiting = Thread.currentThread();
    if (!woken) {
      LockSupport.parkNanos(this, most.toNanos());
    }
    waiting = null;
    woken = false;
  }

  @Override
  public void wake() {
    woken = true;
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
