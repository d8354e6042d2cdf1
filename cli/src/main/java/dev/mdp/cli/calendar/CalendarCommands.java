package dev.mdp.cli.calendar;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp calendar`.
public final class CalendarCommands {
  private CalendarCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "show", "List sessions, holidays and early closes of a calendar", CalendarShow::new),
      CommandEntry.command(
          "list", "List the calendars, and which of them are open", CalendarList::new)
    };
  }
}
