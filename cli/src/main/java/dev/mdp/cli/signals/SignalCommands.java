package dev.mdp.cli.signals;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp signals`.
public final class SignalCommands {
  private SignalCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command("list", "List stored signals", SignalsList::new)
    };
  }
}
