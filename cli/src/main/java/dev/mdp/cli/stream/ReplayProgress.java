package dev.mdp.cli.stream;

import dev.mdp.core.source.FiniteSource;
import dev.mdp.pipeline.produce.ProduceWorker;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How far a replay has come: on a terminal one line that is written over, with rate and ETA;
/// otherwise a line every 30 s. One thread.
final class ReplayProgress implements Runnable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(300);
  private static final Duration IN_LOG = Duration.ofSeconds(30);
  private static final int BAR = 24;

  private final ProduceWorker worker;
  private final FiniteSource source;
  private final PrintWriter err;
  private final boolean terminal;
  private final InstantSource clock;
  private final Instant begun;
  private Instant next;

  ReplayProgress(
      ProduceWorker worker,
      FiniteSource source,
      PrintWriter err,
      boolean terminal,
      InstantSource clock) {
    this.worker = worker;
    this.source = source;
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.instant();
    this.next = begun.plus(terminal ? ON_TERMINAL : IN_LOG);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? ON_TERMINAL : IN_LOG);
    if (terminal) {
      err.print("\r\u001b[K" + line(now));
    } else {
      err.println(line(now));
    }
    err.flush();
  }

  /// Takes the line away before something else is printed.
  void clear() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  private String line(Instant now) {
    double seconds = Math.max(0.001, Duration.between(begun, now).toMillis() / 1_000.0);
    long sent = worker.total();
    double share = source.progress().orElse(0);
    String bar = "#".repeat((int) (share * BAR)) + ".".repeat(BAR - (int) (share * BAR));
    String eta =
        share > 0.001 ? "%.0f s left".formatted(seconds / share - seconds) : "time left unknown";
    return "%s %3.0f%%  %d sent  %.0f/s  %s".formatted(bar, share * 100, sent, sent / seconds, eta);
  }
}
