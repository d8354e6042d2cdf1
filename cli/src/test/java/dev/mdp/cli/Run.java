package dev.mdp.cli;

import dev.mdp.cli.shell.Host;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/// One command line run in this process.
public record Run(int code, String out, String err) {
  public static final Instant NOW = Instant.parse("2025-10-24T14:00:00Z");

  public static Run mdp(String... args) {
    return in(Path.of("/nonexistent"), Map.of(), args);
  }

  public static Run in(Path directory, Map<String, String> environment, String... args) {
    return on(host(directory, environment), args);
  }

  /// The same at another time than [#NOW].
  public static Run at(Instant now, Path directory, String... args) {
    return on(host(directory, Map.of(), now), args);
  }

  private static Run on(Host host, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Mdp.run(host, args, new PrintWriter(out), new PrintWriter(err));
    return new Run(code, out.toString(), err.toString());
  }

  public static Host host(Path directory, Map<String, String> environment) {
    return host(directory, environment, NOW);
  }

  private static Host host(Path directory, Map<String, String> environment, Instant now) {
    return new Host(environment, directory, Clock.fixed(now, ZoneOffset.UTC), false, false);
  }
}
