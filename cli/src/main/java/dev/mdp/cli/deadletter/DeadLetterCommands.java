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
          "requeue", "Send the entries again and take their letters away", DeadLettersRequeue::new),
      CommandEntry.command("purge", "Take letters away for good", DeadLettersPurge::new)
    };
  }
}
