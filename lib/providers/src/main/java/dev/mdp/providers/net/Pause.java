package dev.mdp.providers.net;

import java.time.Duration;

/// Waits; tests do not. Thread-safe.
interface Pause {
  void pause(Duration wait) throws InterruptedException;
}
