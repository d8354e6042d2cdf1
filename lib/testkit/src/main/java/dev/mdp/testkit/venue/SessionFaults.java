package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The faults that one WebSocket connection is about to suffer. [#add] is thread-safe; the rest is
/// the connection's thread's.
final class SessionFaults {
  private final Queue<Fault> waiting = new ConcurrentLinkedQueue<>();
  private final Stage stage;
  private final SessionMode mode;
  private final SessionTimers timers;
  private final Session session;

  SessionFaults(Stage stage, Session session, SessionMode mode, SessionTimers timers) {
    this.stage = stage;
    this.session = session;
    this.mode = mode;
    this.timers = timers;
  }

  void add(Fault fault) {
    waiting.add(fault);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void suffer() throws IOException {
    for (Fault fault = waiting.poll(); fault != null; fault = waiting.poll()) {
      suffer(fault);
    }
  }

  private void suffer(Fault fault) throws IOException {
    switch (fault) {
      case Fault.Close close -> mode.close(close.code(), close.reason());
      case Fault.Shutdown shutdown -> timers.shutdown(shutdown.lead());
      case Fault.Mute _ -> mode.mute();
      case Fault.Freeze _ -> mode.freeze();
      case Fault.Cut _ -> mode.cut();
      case Fault.HalfFrame _ -> mode.halfFrame("{\"half\":\"a message that never ends\"}");
      case Fault.Skip skip -> session.skip(skip.trades());
      case Fault.Vanish vanish -> stage.market().becomes(vanish.symbol(), Listing.Status.GONE);
    }
  }
}
