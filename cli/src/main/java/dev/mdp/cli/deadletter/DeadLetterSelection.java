package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.Printable;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

  private final Set<DeadLetter.Identity> named = new HashSet<>();

  /// Looks the named letters up; call it first.
  void resolve(CommandSpec spec, DeadLetterReader letters, Position last) {
    if (names.isEmpty() && filter.isEmpty() && !all) {
      throw new ParameterException(
          spec.commandLine(), "which letters? Name their ids, or give a filter, or --all");
    }
    Set<String> missing = new LinkedHashSet<>(names);
    if (missing.isEmpty()) {
      return;
    }
    letters.pages(
        Position.START,
        last,
        page -> {
          for (DeadLetterView letter : page) {
            String id = letter.stored().id().toString();
            String position = letter.dead().position().toString();
            if (names.contains(id) || names.contains(position)) {
              named.add(letter.dead().identity());
              missing.remove(id);
              missing.remove(position);
            }
          }
        });
    if (!missing.isEmpty()) {
      throw new DataException(
          "no dead letter has the id or position "
              + Printable.text(String.join(", ", missing))
              + "; mdp stream dead-letters list shows them");
    }
  }

  /// The chosen letters, a page at a time; copies included.
  void pages(
      CommandSpec spec,
      DeadLetterReader letters,
      Position last,
      Consumer<List<DeadLetterView>> consumer) {
    letters.pages(
        filter.first(spec),
        last,
        page ->
            consumer.accept(
                page.stream()
                    .filter(letter -> names.isEmpty() || named.contains(letter.dead().identity()))
                    .filter(letter -> filter.matches(spec, letter))
                    .toList()));
  }
}
