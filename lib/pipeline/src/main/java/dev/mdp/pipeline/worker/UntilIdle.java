package dev.mdp.pipeline.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Lets a worker end by itself when there was nothing to do for a while. One thread.
public final class UntilIdle implements Worker {
  private final Worker worker;
  private final Duration quiet;
  private final InstantSource clock;

  /// Null until it was polled: a slow start is no idleness.
  private @Nullable Instant lastMoved;

  public UntilIdle(Worker worker, Duration quiet, InstantSource clock) {
    this.worker = worker;
    this.quiet = quiet;
    this.clock = clock;
  }

  @Override
  public String name() {
    return worker.name();
  }

  @Override
  public int poll() {
    boolean idle = false;
    try {
      int done = worker.poll();
      idle = done == 0 && !worker.isWaiting();
      return done;
    } finally {
      if (!idle || lastMoved == null) {
        lastMoved = clock.instant();
      }
    }
  }

  @Override
  public boolean finished() {
    return worker.finished()
        || (lastMoved != null && !clock.instant().isBefore(lastMoved.plus(quiet)));
  }

  @Override
  public boolean isWaiting() {
    return worker.isWaiting();
  }

  @Override
  public void drain() {
    worker.drain();
  }

  @Override
  public void abandon() {
    worker.abandon();
  }
}
