package dev.mdp.pipeline.worker;

import dev.mdp.core.error.MdpException;

/// Lets a worker end by itself when there was nothing to do for a while, neither for it nor for
/// those that are watched with it. One thread.
final class UntilIdle implements Worker {
  private final Worker worker;
  private final QuietTime time;

  UntilIdle(Worker worker, QuietTime time) {
    this.worker = worker;
    this.time = time;
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
      time.polled(worker, idle, away);
    }
  }

  @Override
  public boolean finished() {
    return worker.finished() || time.isOver();
  }

  @Override
  public boolean hasGivenUp() {
    return time.isAwayTooLong(worker);
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
  public void drain() {
    time.ended(worker);
    worker.drain();
  }

  @Override
  public void abandon() {
    time.ended(worker);
    worker.abandon();
  }
}
