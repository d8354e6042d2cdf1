package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.Printable;
import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.bus.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mdp stream dead-letters purge`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp stream dead-letters purge --reason malformed --provider test --dry-run",
      "  mdp stream dead-letters purge --all --confirm",
      "",
      "Exit codes: 0 done, 2 no choice, or no terminal and no --confirm, 65 no such letter,",
      "  69 bus unreachable, 78 configuration wrong. Reads bus."
    })
final class DeadLettersPurge implements Callable<Integer>, ResultCommand {
  private static final int MOST_REASONS = 50;

  @Mixin DeadLetterSelection choice;
  @Mixin Confirmation confirmation;
  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.dead_letters.purge/v1";
  }

  @Override
  public Integer call() {
    try (DeadLetterReader letters = DeadLetterReader.open(spec)) {
      Position last = letters.last();
      choice.resolve(spec, letters, last);
      SortedMap<String, Long> reasons = reasons(letters, last);
      long found = reasons.values().stream().mapToLong(Long::longValue).sum();
      if (found == 0) {
        choice.filter.requireSymbol(spec);
      }
      String what =
          reasons.entrySet().stream()
              .map(reason -> reason.getValue() + " " + reason.getKey())
              .collect(Collectors.joining(", "));
      spec.commandLine().getErr().println(found == 0 ? "no letter fits" : "would go: " + what);
      spec.commandLine().getErr().flush();
      boolean go = found > 0 && confirmation.ask(spec, "purge " + found + " dead letters");
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("found", found);
      result.put("removed", go ? purge(letters, last) : 0);
      output.printer(spec, schema()).object(result);
      return ExitCodes.OK;
    }
  }

  /// How many letters there are of each reason.
  private SortedMap<String, Long> reasons(DeadLetterReader letters, Position last) {
    SortedMap<String, Long> reasons = new TreeMap<>();
    DeadLetterReader.Met met = new DeadLetterReader.Met();
    choice.pages(
        spec,
        letters,
        last,
        page -> {
          for (DeadLetterView letter : page) {
            if (met.add(letter.dead().identity())) {
              String reason = Printable.text(letter.dead().reason());
              boolean told = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
              reasons.merge(told ? reason : "of other reasons", 1L, Long::sum);
            }
          }
        });
    return reasons;
  }

  /// Returns how many letters went; copies go with them.
  private long purge(DeadLetterReader letters, Position last) {
    DeadLetterReader.Met met = new DeadLetterReader.Met();
    long[] removed = new long[1];
    choice.pages(
        spec,
        letters,
        last,
        page -> {
          letters.delete(page);
          removed[0] += distinct(page, met);
        });
    return removed[0];
  }

  private static long distinct(List<DeadLetterView> page, DeadLetterReader.Met met) {
    return page.stream().filter(letter -> met.add(letter.dead().identity())).count();
  }
}
