package dev.mdp.cli.deadletter;

import dev.mdp.cli.shell.Confirmation;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.error.Printable;
import dev.mdp.ops.deadletter.DeadLetterChoice;
import dev.mdp.ops.deadletter.DeadLetters;
import dev.mdp.ops.deadletter.Purge;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
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
      "Exit codes: 0 done, 2 no choice, or no terminal and no --confirm, 65 no such dead letter,",
      "  69 bus unreachable, 78 bad configuration.",
      "Configuration used: bus."
    })
final class DeadLettersPurge implements Callable<Integer>, ResultCommand {
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
    try (DeadLetters letters = OpenDeadLetters.of(spec)) {
      DeadLetterChoice chosen = choice.choose(spec, letters);
      Purge purge = new Purge(letters, chosen);
      SortedMap<String, Long> reasons = purge.reasons();
      long found = reasons.values().stream().mapToLong(Long::longValue).sum();
      if (found == 0) {
        choice.filter.requireSymbol(spec, chosen.met());
      }
      String what =
          reasons.entrySet().stream()
              .map(reason -> reason.getValue() + " " + Printable.text(reason.getKey()))
              .collect(Collectors.joining(", "));
      spec.commandLine()
          .getErr()
          .println(found == 0 ? "no dead letter matches" : "would delete: " + what);
      spec.commandLine().getErr().flush();
      boolean go = found > 0 && confirmation.ask(spec, "purge " + found + " dead letters");
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("found", found);
      result.put("removed", go ? purge.run() : 0);
      output.printer(spec, schema()).object(result);
      return ExitCodes.OK;
    }
  }
}
