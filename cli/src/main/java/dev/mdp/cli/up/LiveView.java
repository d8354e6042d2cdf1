package dev.mdp.cli.up;

import dev.mdp.cli.log.Stderr;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Signal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// What `up` shows while it runs: the latest closes and the rates, on a terminal in a line that is
/// written over, otherwise as a line every ten seconds. One thread.
final class LiveView implements Runnable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration IN_LOG = Duration.ofSeconds(10);
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private final BarWatch bars;
  private final LongSupplier sent;
  private final Stderr err;
  private final PrintWriter notices;
  private final IntSupplier columns;
  private final InstantSource clock;
  private final Duration every;
  private int width;
  private Instant last;
  private long lastSent;

  /// @param columns of the terminal now, or 0 when there is none; a window may be resized
  LiveView(BarWatch bars, LongSupplier sent, Stderr err, IntSupplier columns, InstantSource clock) {
    this.bars = bars;
    this.sent = sent;
    this.err = err;
    this.notices = err.notices();
    this.columns = columns;
    this.width = columns.getAsInt();
    this.clock = clock;
    this.every = width > 0 ? ON_TERMINAL : IN_LOG;
    this.last = clock.instant();
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    if (now.isBefore(last.plus(every))) {
      return;
    }
    width = width > 0 ? columns.getAsInt() : 0;
    String line = line(now);
    last = now;
    if (width > 0) {
      err.live(Printable.cut(line, width - 1));
    } else {
      notices.println(line);
    }
  }

  /// Ends the line that is written over.
  void end() {
    err.endLive();
  }

  private String line(Instant now) {
    long total = sent.getAsLong();
    double seconds = Math.max(0.001, Duration.between(last, now).toMillis() / 1_000.0);
    double rate = (total - lastSent) / seconds;
    lastSent = total;
    String tail =
        String.format(
            Locale.ROOT,
            "%.0f ticks/s   %d bars   commit %.1f ms%s",
            rate,
            bars.written().inserted(),
            bars.lastCommitMillis(),
            bars.lastSignal().map(LiveView::signal).orElse(""));
    StringBuilder line =
        new StringBuilder(now.truncatedTo(ChronoUnit.SECONDS).toString().substring(11));
    int room = width == 0 ? Integer.MAX_VALUE : width - 1 - tail.length() - 3;
    for (List<Bar> each : bars.latest().values()) {
      String symbol =
          "  %s %s %s".formatted(each.getLast().symbol(), each.getLast().close(), spark(each));
      if (Printable.width(line + symbol) > room) {
        break;
      }
      line.append(symbol);
    }
    return line.append("   ").append(tail).toString();
  }

  private static String signal(Signal signal) {
    return "   signal %s %s %s".formatted(signal.symbol(), signal.name(), signal.value());
  }

  private static String spark(List<Bar> bars) {
    double low = bars.stream().mapToDouble(Bar::close).min().orElse(0);
    double high = bars.stream().mapToDouble(Bar::close).max().orElse(0);
    StringBuilder spark = new StringBuilder();
    for (Bar bar : bars) {
      double share = high > low ? (bar.close() - low) / (high - low) : 0.5;
      spark.append(BLOCKS.charAt((int) Math.round(share * (BLOCKS.length() - 1))));
    }
    return spark.toString();
  }
}
