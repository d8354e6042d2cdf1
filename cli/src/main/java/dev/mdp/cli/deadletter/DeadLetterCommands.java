package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp stream dead-letters`.
public final class DeadLetterCommands {
  private DeadLetterCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command("list", "List what could not be used, and why", DeadLettersList::new),
      CommandEntry.command("show", "Show one dead letter whole", DeadLettersShow::new),
      CommandEntry.command(
          "requeue", "Re-send the entries and delete their dead letters", DeadLettersRequeue::new),
      CommandEntry.command("purge", "Delete dead letters for good", DeadLettersPurge::new)
    };
  }
}
