package dev.mdp.cli.verify;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp verify`.
public final class VerifyCommands {
  private VerifyCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "bars",
          "Recompute bars from ticks; report differences and optionally repair them",
          VerifyBars::new),
      CommandEntry.command(
          "feeds",
          "Prove from the ticks that live feeds missed nothing, or name what they missed",
          VerifyFeeds::new)
    };
  }
}
