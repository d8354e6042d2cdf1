package dev.mdp.cli.log;

import dev.mdp.core.error.Printable;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The standard error of one command. Whatever goes there goes through here: what a command tells a
/// person, log lines, errors, and the one line that is written over. So no line tears another, and
/// all of them have the form that was asked for. Thread-safe.
public final class Stderr {
  /// Takes the line away that is written over.
  static final String ERASE = "\r\u001b[K";

  private static final String LOGGER = "mdp";

  private final PrintWriter out;
  private final PrintWriter log;
  private final InstantSource clock;
  private Supplier<LogFormat> chosen = () -> LogFormat.AUTO;
  private BooleanSupplier quiet = () -> false;
  private @Nullable LogFormat started;
  private String live = "";

  /// @param log where log lines go; the same in a separate process
  public Stderr(PrintWriter out, PrintWriter log, InstantSource clock) {
    this.out = out;
    this.log = log;
    this.clock = clock;
  }

  /// Follows `--log-format` and `--quiet`, which are known once the command line is parsed.
  public synchronized void follow(Supplier<LogFormat> format, BooleanSupplier quietly) {
    this.chosen = format;
    this.quiet = quietly;
  }

  /// For lines to a person when all is well; nothing of it appears under `--quiet`.
  public PrintWriter notices() {
    return new PrintWriter(new LineWriter(this, false));
  }

  /// For lines about what a person should look at.
  public PrintWriter warnings() {
    return new PrintWriter(new LineWriter(this, true));
  }

  /// Whether lines are for people.
  public synchronized boolean isText() {
    return format() == LogFormat.TEXT;
  }

  public boolean isQuiet() {
    return quiet.getAsBoolean();
  }

  /// Shows a line in place of the last one that was shown so.
  public synchronized void live(String line) {
    if (isText() && !isQuiet()) {
      out.print(ERASE + line);
      out.flush();
      live = line;
    }
  }

  /// Leaves the line that is written over as it is and goes to the next.
  public synchronized void endLive() {
    if (!live.isEmpty()) {
      live = "";
      out.println();
      out.flush();
    }
  }

  /// Log lines have this form from here on.
  synchronized void startLog(LogFormat resolved) {
    started = resolved;
  }

  /// Lines of the log, in their final form.
  synchronized void log(String lines) {
    if (log == out) {
      print(lines);
    } else {
      log.print(lines);
      log.flush();
    }
  }

  private void print(String lines) {
    out.print(live.isEmpty() ? lines : ERASE + lines + live);
    out.flush();
  }

  /// A line that a command wrote.
  synchronized void line(boolean warning, String text) {
    if (warning || !isQuiet()) {
      print(formed(warning ? "WARN" : "INFO", text, Map.of()));
    }
  }

  /// What was written without the end of its line.
  synchronized void unfinished(String text) {
    if (text.startsWith(ERASE)) {
      live(text.substring(ERASE.length()));
    } else if (isText() && !isQuiet()) {
      out.print(text);
      out.flush();
    }
  }

  /// An error, always shown.
  ///
  /// @param text as people get it, whole lines
  /// @param message the same for machines
  /// @param fields what machines get besides
  public synchronized void error(String text, String message, Map<String, ?> fields) {
    endLive();
    print(isText() ? text : formed("ERROR", message, fields));
  }

  private LogFormat format() {
    LogFormat format = started != null ? started : chosen.get();
    return format == LogFormat.AUTO ? LogFormat.TEXT : format;
  }

  private String formed(String level, String text, Map<String, ?> fields) {
    return switch (format()) {
      case TEXT, AUTO -> text + "\n";
      case JOURNAL -> journal(level, text, fields);
      case JSON -> {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant());
        line.put("level", level);
        line.put("logger", LOGGER);
        line.put("message", text);
        fields.forEach(line::putIfAbsent);
        yield Json.write(line) + "\n";
      }
    };
  }

  private static String journal(String level, String text, Map<String, ?> fields) {
    String priority =
        switch (level) {
          case "ERROR" -> "<3>";
          case "WARN" -> "<4>";
          default -> "<6>";
        };
    Object stack = fields.get("stack");
    StringBuilder lines = new StringBuilder();
    (stack == null ? text : text + "\n" + stack)
        .lines()
        .forEach(line -> lines.append(priority).append(Printable.text(line)).append('\n'));
    return lines.toString();
  }
}
