package dev.mdp.cli.deadletter;

import dev.mdp.ops.deadletter.DeadLetterChoice;
import dev.mdp.ops.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// Which letters a command changes: those that are named, those that fit the filters, or all.
final class DeadLetterSelection {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Dead letters by their id, or by the position of the entry they are about.")
  List<String> names = new ArrayList<>();

  @Mixin DeadLetterFilter filter;

  @Option(names = "--all", description = "All dead letters.")
  boolean all;

  /// Throws `ParameterException` (exit 2) when nothing says which letters are meant.
  DeadLetterChoice choose(CommandSpec spec, DeadLetters letters) {
    if (names.isEmpty() && filter.isEmpty() && !all) {
      throw new ParameterException(
          spec.commandLine(), "no dead letters selected: give ids, a filter, or --all");
    }
    return new DeadLetterChoice(letters, names, filter.query(spec));
  }
}
