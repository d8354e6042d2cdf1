package dev.mdp.cli.history;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp bars` and `mdp ticks`.
public final class HistoryCommands {
  private HistoryCommands() {}

  public static CommandEntry[] bars() {
    return new CommandEntry[] {
      CommandEntry.command("list", "List stored bars, newest first", BarsList::new),
      CommandEntry.command("export", "Write stored bars as CSV or JSON lines", BarsExport::new)
    };
  }

  public static CommandEntry[] ticks() {
    return new CommandEntry[] {
      CommandEntry.command("export", "Write stored ticks as CSV or JSON lines", TicksExport::new)
    };
  }
}
