package dev.mdp.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// SIGTERM, SIGINT and, from a terminal that was closed, SIGHUP: the first of them drains; a second
/// SIGTERM or SIGINT ends the process at once. The JVM's own handling would end a drained process
/// with 143; a hook cannot change that, so the signals are taken over.
///
/// A SIGHUP never ends a drain: it comes twice from a closed terminal (from the kernel and from the
/// shell), and with systemd's SendSIGHUP right behind the SIGTERM. Under `nohup` it stays ignored.
public final class StopSignals implements AutoCloseable {
  private static final String HUP = "HUP";

  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Runnable drain;
  private final List<Signal> signals;
  private final List<SignalHandler> former;

  /// What SIGHUP means to a command.
  public enum Hangup {
    DRAINS,
    /// Another process takes it, as [ReloadSignal] does.
    LEFT_ALONE
  }

  public StopSignals(Runnable drain) {
    this(drain, Hangup.DRAINS);
  }

  public StopSignals(Runnable drain, Hangup hangup) {
    this.drain = drain;
    List<String> names =
        hangup == Hangup.DRAINS ? List.of("TERM", "INT", HUP) : List.of("TERM", "INT");
    this.signals = names.stream().map(Signal::new).toList();
    this.former = signals.stream().map(signal -> Signal.handle(signal, this::caught)).toList();
  }

  private void caught(Signal signal) {
    boolean first = draining.compareAndSet(false, true);
    boolean hangup = signal.getName().equals(HUP);
    boolean again = !hangup && !asked.compareAndSet(false, true);
    if (first) {
      drain.run();
    } else if (again) {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
  }

  /// Whether a signal came.
  boolean came() {
    return draining.get();
  }

  @Override
  public void close() {
    for (int i = 0; i < former.size(); i++) {
      Signal.handle(signals.get(i), former.get(i));
    }
  }
}
