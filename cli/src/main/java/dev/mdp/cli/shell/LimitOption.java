package dev.mdp.cli.shell;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--limit` of a list.
public final class LimitOption {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most N (default: 50).")
  int limit = 50;

  /// Throws `ParameterException` (exit 2) for a number that is not positive.
  public int of(CommandSpec spec) {
    if (limit <= 0) {
      throw new ParameterException(spec.commandLine(), "--limit: must be positive, was " + limit);
    }
    return limit;
  }
}
