package dev.mdp.runtime;

import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Tries servers at the start of a command until they answer or the wait is over.
public final class Connecting {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Connecting() {}

  /// Calls the probe until it does not throw [UnavailableException]; tells the first failure once.
  public static void await(
      Runnable probe, Duration wait, InstantSource clock, Consumer<String> tell) {
    Instant deadline = clock.instant().plus(wait);
    boolean told = false;
    while (true) {
      try {
        probe.run();
        return;
      } catch (UnavailableException e) {
        if (!clock.instant().isBefore(deadline)) {
          throw e;
        }
        if (!told) {
          told = true;
          tell.accept(e.getMessage() + "; trying for " + wait.toSeconds() + " s");
        }
        pause(e);
      }
    }
  }

  private static void pause(UnavailableException cause) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
