package dev.mdp.cli.shell;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// What surrounds the process: tests give their own.
///
/// @param directory what relative file names are relative to
public record Host(
    Map<String, String> environment,
    Path directory,
    Clock clock,
    boolean stdoutTerminal,
    boolean stderrTerminal) {
  public Host {
    environment = Map.copyOf(environment);
  }

  public static Host current() {
    return new Host(System.getenv(), Path.of(""), Clock.systemUTC(), isTerminal(1), isTerminal(2));
  }

  public String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /// Asks the kernel, because Java's console knows only stdin and stdout together.
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
      Console console = System.console();
      return console != null && console.isTerminal();
    } catch (IOException e) {
      return false;
    }
  }
}
