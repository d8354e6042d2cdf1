package dev.mdp.cli.shell;

import java.io.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--confirm` and `--dry-run`, for commands that take something away.
public final class Confirmation {
  @Option(names = "--confirm", description = "Do it without asking.")
  boolean confirmed;

  @Option(names = "--dry-run", description = "Only show what would be done.")
  boolean dryRun;

  public boolean dryRun() {
    return dryRun;
  }

  /// Whether nothing is asked.
  public boolean isConfirmed() {
    return confirmed && !dryRun;
  }

  /// Whether to continue: confirmed, or a person at a terminal said yes. Without a terminal
  /// `--confirm` is needed (exit 2).
  public boolean ask(CommandSpec spec, String what) {
    if (dryRun) {
      return false;
    }
    if (confirmed) {
      return true;
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new ParameterException(
          spec.commandLine(), what + ": without a terminal this needs --confirm (or --dry-run)");
    }
    String answer = console.readLine("%s [y/N] ", what);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
