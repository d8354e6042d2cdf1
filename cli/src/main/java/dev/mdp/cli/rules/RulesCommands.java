package dev.mdp.cli.rules;

import dev.mdp.cli.shell.CommandEntry;

/// The commands under `mdp rules`.
public final class RulesCommands {
  private RulesCommands() {}

  public static CommandEntry[] entries() {
    return new CommandEntry[] {
      CommandEntry.command(
          "check", "Compile a rules file and print what its rules are", RulesCheck::new),
      CommandEntry.command("eval", "Evaluate the rules on given values", RulesEval::new),
      CommandEntry.command(
          "test", "Compare the signals of ticks with those expected", RulesTestCommand::new)
    };
  }
}
