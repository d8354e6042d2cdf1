package dev.mdp.cli.verify;

import dev.mdp.core.audit.BarAudit;
import dev.mdp.ops.audit.AuditListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;

/// How far a comparison has come: on a terminal one line that is written over, with rate and ETA;
/// otherwise a line every 30 s. One thread.
final class AuditProgress implements AuditListener {
  private static final Duration ON_TERMINAL = Duration.ofMillis(300);
  private static final Duration IN_LOG = Duration.ofSeconds(30);
  private static final int BAR = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final InstantSource clock;
  private final Instant begun;
  private Instant next;

  AuditProgress(PrintWriter err, boolean terminal, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.instant();
    this.next = begun.plus(terminal ? ON_TERMINAL : IN_LOG);
  }

  @Override
  public void show(BarAudit.Pass pass) {
    show(() -> line(pass));
  }

  @Override
  public void showTwice(double share) {
    show(() ->
        String.format(
            Locale.ROOT, "%3.0f%%  looking for trades that are stored twice", share * 100));
  }

  private void show(Supplier<String> line) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? ON_TERMINAL : IN_LOG);
    if (terminal) {
      err.print("\r\u001b[K" + line.get());
    } else {
      err.println(line.get());
    }
    err.flush();
  }

  /// Takes the line away before something else is printed.
  @Override
  public void clear() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  double seconds() {
    return Math.max(0.001, Duration.between(begun, clock.instant()).toMillis() / 1_000.0);
  }

  private String line(BarAudit.Pass pass) {
    double share = pass.progress();
    String bar = "#".repeat((int) (share * BAR)) + ".".repeat(BAR - (int) (share * BAR));
    String eta =
        share > 0.001
            ? String.format(Locale.ROOT, "%.0f s left", seconds() / share - seconds())
            : "time left unknown";
    return String.format(
        Locale.ROOT,
        "%s %3.0f%%  %,d bars  %,.0f ticks/s  %d findings  %s",
        bar,
        share * 100,
        pass.counts().checked(),
        pass.counts().ticks() / seconds(),
        pass.counts().findings(),
        eta);
  }
}
