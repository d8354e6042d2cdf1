package dev.mdp.cli.run;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/// SIGHUP: read again what can be read again. Taken over until it is closed.
public final class ReloadSignal implements AutoCloseable {
  private static final Signal HUP = new Signal("HUP");

  private final SignalHandler former;

  public ReloadSignal(Runnable reload) {
    this.former = Signal.handle(HUP, _ -> reload.run());
  }

  @Override
  public void close() {
    Signal.handle(HUP, former);
  }
}
