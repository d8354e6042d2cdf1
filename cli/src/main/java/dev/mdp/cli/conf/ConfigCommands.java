package dev.mdp.cli.conf;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp config`.
public final class ConfigCommands {
  private ConfigCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "check",
          "Report every problem of the configuration, with file and line",
          () -> new ConfigCheck(new WiredProbe(), new VenueSymbols())),
      CommandEntry.command(
          "show", "Print the effective configuration, secrets masked", ConfigShow::new)
    };
  }
}
