package dev.mdp.cli.feeds;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp feeds`.
public final class FeedCommands {
  private FeedCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "list", "List the series of live feeds and how far they are", FeedsList::new),
      CommandEntry.command(
          "status",
          "Show who publishes which series, and the state that each is in",
          FeedsStatus::new),
      CommandEntry.command(
          "gaps", "List the holes of live feeds and what became of them", FeedsGaps::new),
      CommandEntry.command(
          "fill", "Ask venues again for what is missing in live feeds", FeedsFill::new)
    };
  }
}
