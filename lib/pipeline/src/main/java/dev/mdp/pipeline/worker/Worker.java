package dev.mdp.pipeline.worker;

/// One long-running job, called by a [WorkerRunner] on one thread. A test calls it by hand.
public interface Worker {
  /// Who speaks, in logs and errors.
  String name();

  /// Does what can be done now, waiting at most a fraction of a second for more; returns how much
  /// it did.
  ///
  /// Throws [dev.mdp.core.error.UnavailableException] when a server is away, and the next call
  /// tries again; so does an [dev.mdp.core.error.AccessException] once a call went well. Everything
  /// else that it throws ends the worker.
  int poll();

  /// Whether there is nothing left to do, ever.
  boolean finished();

  /// Whether it cannot work yet, so that doing nothing is not being done.
  default boolean isWaiting() {
    return false;
  }

  /// Whether another process has what it would work on. Any thread.
  default boolean isStandingBy() {
    return false;
  }

  /// Whether it sends what the workers beside it read, so that it ends before them.
  default boolean isSource() {
    return false;
  }

  /// Whether a failure that may pass is to end it anyway, because it has lasted too long for who
  /// waits for the end.
  default boolean hasGivenUp() {
    return false;
  }

  /// Commits what may be committed, gives back what is owned. Nothing partial is written. Called
  /// once, last.
  void drain();

  /// Gives back what can be given back after a failure, without throwing.
  void abandon();
}
