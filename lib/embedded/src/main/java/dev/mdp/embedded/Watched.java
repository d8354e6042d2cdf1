package dev.mdp.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a server that must not outlive this process, and that a Ctrl-C or a closed
/// terminal must not reach before the workers have drained.
///
/// The server gets its own session. A watcher in that session reads the pipe from this process: it
/// ends when the process does, in whatever way, and then the watcher sends the server the signal on
/// which it stops in good order. (`prctl(PR_SET_PDEATHSIG)` would send it when the *thread* that
/// started the server ends.) The server's number cannot belong to another process by then: the
/// watcher is in its session.
public final class Watched {
  private static final String WATCH =
      "signal=$1; shift; ( ( cat <&3 >/dev/null; kill -s \"$signal\" $$ ) & ) 3<&0 >/dev/null 2>&1;"
          + " exec \"$@\" </dev/null";

  private Watched() {}

  /// @param signal on which the server stops in good order, e.g. `TERM`
  public static List<String> command(String signal, List<String> server) {
    List<String> command = new ArrayList<>(session());
    command.addAll(List.of("sh", "-c", WATCH, "sh", signal));
    command.addAll(server);
    return command;
  }

  private static List<String> session() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(":", -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "setsid");
      if (Files.isExecutable(candidate)) {
        return List.of(candidate.toString());
      }
    }
    return List.of();
  }
}
