package dev.mdp.cli.conf;

import dev.mdp.cli.CommandEntry;
import java.time.Duration;

/// The commands under `mdp config`.
public final class ConfigCommands {
  private ConfigCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "check",
          "Report every problem of the configuration, with file and line",
          () -> new ConfigCheck(new SocketProbe(Duration.ofSeconds(3)))),
      CommandEntry.command(
          "show", "Print the effective configuration, secrets masked", ConfigShow::new)
    };
  }
}
