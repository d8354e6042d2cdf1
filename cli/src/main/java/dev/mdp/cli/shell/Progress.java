package dev.mdp.cli.shell;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// How far a long command has come, on stderr: on a terminal one line that is written over, with
/// rate and time left; otherwise a line every 30 s. One thread.
public final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(300);
  private static final Duration IN_LOG = Duration.ofSeconds(30);
  private static final int BAR = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final InstantSource clock;
  private final Instant begun;
  private Instant next;

  public Progress(PrintWriter err, boolean terminal, InstantSource clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.instant();
    this.next = begun.plus(terminal ? ON_TERMINAL : IN_LOG);
  }

  /// Tells it when it is time to; cheap otherwise.
  ///
  /// @param what was counted, e.g. `sent`
  /// @param share of the whole that is done, from 0 to 1
  public void update(long count, String what, double share) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(terminal ? ON_TERMINAL : IN_LOG);
    String line = line(now, count, what, Math.clamp(share, 0, 1));
    if (terminal) {
      err.print("\r\u001b[K" + line);
    } else {
      err.println(line);
    }
    err.flush();
  }

  /// Takes the line away before something else is printed.
  public void clear() {
    if (terminal) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  private String line(Instant now, long count, String what, double share) {
    double seconds = Math.max(0.001, Duration.between(begun, now).toMillis() / 1_000.0);
    int done = (int) (share * BAR);
    String left =
        share > 0.001
            ? String.format(Locale.ROOT, "%.0f s left", seconds / share - seconds)
            : "time left unknown";
    return String.format(
        Locale.ROOT,
        "%s %3.0f%%  %d %s  %.0f/s  %s",
        "#".repeat(done) + ".".repeat(BAR - done),
        share * 100,
        count,
        what,
        count / seconds,
        left);
  }
}
