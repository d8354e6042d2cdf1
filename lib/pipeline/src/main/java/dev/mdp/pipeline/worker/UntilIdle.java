package dev.mdp.pipeline.worker;

import dev.mdp.core.error.MdpException;

/// Lets a worker end by itself when there was nothing to do for a while, neither for it nor for
/// those that are watched with it. One thread.
final class UntilIdle implements Worker {
  private final Worker worker;
  private final IdleShutdown shutdown;

  UntilIdle(Worker worker, IdleShutdown shutdown) {
    this.worker = worker;
    this.shutdown = shutdown;
  }

  @Override
  public String name() {
    return worker.name();
  }

  @Override
  public int poll() {
    boolean idle = false;
    boolean away = false;
    try {
      int done = worker.poll();
      idle = done == 0 && !worker.isWaiting();
      return done;
    } catch (MdpException e) {
      away = true;
      throw e;
    } finally {
      shutdown.polled(worker, idle, away);
    }
  }

  @Override
  public boolean finished() {
    return worker.finished() || shutdown.isOver();
  }

  @Override
  public boolean hasGivenUp() {
    return shutdown.isAwayTooLong(worker);
  }

  @Override
  public boolean isWaiting() {
    return worker.isWaiting();
  }

  @Override
  public boolean isStandingBy() {
    return worker.isStandingBy();
  }

  @Override
  public boolean isSource() {
    return worker.isSource();
  }

  @Override
  public void drain() {
    shutdown.ended(worker);
    worker.drain();
  }

  @Override
  public void abandon() {
    shutdown.ended(worker);
    worker.abandon();
  }
}
