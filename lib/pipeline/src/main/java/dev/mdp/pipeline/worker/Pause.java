package dev.mdp.pipeline.worker;

import java.time.Duration;

/// Waits; a test lets virtual time pass instead.
@FunctionalInterface
public interface Pause {
  void pause(Duration duration) throws InterruptedException;

  static Pause sleeping() {
    return Thread::sleep;
  }
}
