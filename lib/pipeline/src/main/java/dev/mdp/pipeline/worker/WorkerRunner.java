package dev.mdp.pipeline.worker;

import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The only loop, the only backoff, the only stop protocol: runs one worker on the thread that
/// calls [#run] until it is finished, stopped or broken. [#stop] may be called by any thread.
public final class WorkerRunner implements Runnable {
  /// A worker that can only claim, but not commit, is not back: it must go well for this long.
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private final Worker worker;
  private final WorkerEvents events;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private volatile @Nullable RuntimeException failure;
  private volatile boolean endsWhenIdle;
  private boolean started;
  private @Nullable Instant awaySince;
  private @Nullable Instant wellSince;

  public WorkerRunner(Worker worker, WorkerEvents events, InstantSource clock) {
    this.worker = worker;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      while (stopping.getCount() > 0 && !worker.finished()) {
        pollOnce();
      }
      worker.drain();
    } catch (RuntimeException e) {
      fail(e);
      worker.abandon();
    } catch (Error e) {
      fail(new IllegalStateException(worker.name() + " is broken: " + e, e));
    } finally {
      ended.countDown();
    }
  }

  /// Asks the worker to drain; returns at once.
  public void stop() {
    stopping.countDown();
  }

  /// Asks the worker to drain as soon as it has nothing left to do; returns at once.
  public void stopWhenIdle() {
    endsWhenIdle = true;
  }

  /// Waits for the end; returns whether it came in time.
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /// What ended the worker, unless it ended well.
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  public Worker worker() {
    return worker;
  }

  private void pollOnce() {
    try {
      int done = worker.poll();
      started = true;
      if (endsWhenIdle && done == 0 && !worker.isWaiting()) {
        stop();
      }
      if (awaySince != null) {
        wentWell(awaySince);
      }
      events.moved(worker);
    } catch (UnavailableException | ConflictException e) {
      tryAgainLater(e);
    } catch (AccessException e) {
      if (!started) {
        throw e;
      }
      tryAgainLater(e);
    }
  }

  /// A server that is away and a row that another process holds both pass, unless the worker gives
  /// up; so does, once it has worked, a refused password or right.
  private void tryAgainLater(MdpException e) {
    if (worker.hasGivenUp()) {
      throw e;
    }
    wellSince = null;
    if (awaySince == null) {
      awaySince = clock.instant();
      events.away(worker, e);
    }
    events.moved(worker);
    waitBeforeNextTry();
  }

  private void wentWell(Instant away) {
    Instant now = clock.instant();
    Instant since = wellSince == null ? now : wellSince;
    wellSince = since;
    if (worker.finished() || !now.isBefore(since.plus(SETTLED))) {
      events.back(worker, Duration.between(away, since));
      awaySince = null;
      wellSince = null;
      backoff.reset();
    }
  }

  private void waitBeforeNextTry() {
    try {
      boolean _ = stopping.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  private void fail(RuntimeException e) {
    failure = e;
    events.failed(worker, e);
  }
}
