package dev.mdp.cli.run;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/// SIGTERM and SIGINT: the first drains, the second ends the process at once. The JVM's own
/// handling would end a drained process with 143; a hook cannot change that, so the signals are
/// taken over.
public final class StopSignals implements AutoCloseable {
  private static final String[] NAMES = {"TERM", "INT"};

  private final AtomicInteger received = new AtomicInteger();
  private final sun.misc.SignalHandler[] former = new sun.misc.SignalHandler[NAMES.length];

  public StopSignals(Runnable drain) {
    for (int i = 0; i < NAMES.length; i++) {
      Signal signal = new Signal(NAMES[i]);
      former[i] =
          Signal.handle(
              signal,
              caught -> {
                if (received.incrementAndGet() == 1) {
                  drain.run();
                } else {
                  Runtime.getRuntime().halt(128 + caught.getNumber());
                }
              });
    }
  }

  /// Whether a signal came.
  boolean came() {
    return received.get() > 0;
  }

  @Override
  public void close() {
    for (int i = 0; i < NAMES.length; i++) {
      Signal.handle(new Signal(NAMES[i]), former[i]);
    }
  }
}
