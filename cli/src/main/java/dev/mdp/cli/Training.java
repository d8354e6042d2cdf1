package dev.mdp.cli;

import dev.mdp.cli.shell.Host;
import dev.mdp.cli.shell.Stdout;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Runs what short commands do, without effects, so that the launcher's class cache knows their
/// classes. A command that is missing here only starts slower.
public final class Training {
  private static final List<String[]> LINES =
      List.of(
          words("--help"),
          words("--version"),
          words("stream --help"),
          words("datastore --help"),
          words("config --help"),
          words("config check --no-connect --allow-missing-env"),
          words("config check --no-connect --allow-missing-env --output json"),
          words("config check --no-connect --set micro_batch.windw=2s"),
          words("config show --origin"),
          words("config show --output csv"),
          words("config nonsense"));

  private Training() {}

  /// @param args none
  public static void main(String[] args) {
    Host host = Host.current();
    Host bare = new Host(Map.of(), host.directory(), Clock.systemUTC(), false, false);
    for (String[] line : LINES) {
      Mdp.run(bare, line, Stdout.over(java.io.OutputStream.nullOutputStream()), nowhere());
    }
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  private static String[] words(String line) {
    return line.split(" ", -1);
  }
}
