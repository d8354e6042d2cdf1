package dev.mdp.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// SIGHUP: read again what can be read again. Taken over until it is closed.
public final class ReloadSignal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);
  private static final Signal HUP = new Signal("HUP");

  private final SignalHandler former;

  public ReloadSignal(Runnable reload) {
    this.former = Signal.handle(HUP, _ -> reload.run());
    if (former == SignalHandler.SIG_IGN) {
      LOG.info(
          "SIGHUP is ignored in this session, as under nohup: a restart reads the rules again");
    }
  }

  @Override
  public void close() {
    Signal.handle(HUP, former);
  }
}
