package dev.mdp.cli.rules;

import dev.mdp.cli.output.Column;
import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp rules check`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp rules check",
      "  mdp rules check new-rules.yaml --output json | jq -r '.data[].features[]'",
      "",
      "Exit codes: 0 they are rules, 65 a rule is wrong (each problem with its line),",
      "  78 bad configuration.",
      "Configuration used: inference, features and micro_batch;",
      "  connects to nothing."
    })
final class RulesCheck implements Callable<Integer>, ResultCommand {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The rules (default: inference.adapters.rules.file).")
  @Nullable Path file;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.rules.check/v1";
  }

  @Override
  public Integer call() {
    CompiledRules compiled = CompiledRules.load(spec, file, rules -> rules);
    RuleSet rules = compiled.rules();
    output.printer(spec, schema()).print(columns(rules), rules.rules());
    PrintWriter err = spec.commandLine().getErr();
    rules.notices().forEach(notice -> err.println("note: " + notice));
    err.println(
        "%d rules in %s, evaluated every %s"
            .formatted(rules.size(), compiled.file(), compiled.features().every()));
    return ExitCodes.OK;
  }

  private static List<Column<RuleSpec>> columns(RuleSet rules) {
    return List.of(
        Column.text("name", RuleSpec::name),
        Column.text("condition", rule -> rule.condition().text().strip().replaceAll("\\s+", " ")),
        Column.number("value", RuleSpec::value),
        Column.number("score", rule -> number(rule.score())),
        Column.text("symbols", rule -> rule.symbols().stream().map(Symbol::value).toList()),
        Column.text("edge", RuleSpec::edge),
        Column.text("cooldown", rule -> rule.cooldown().map(Interval::toString).orElse(null)),
        Column.text(
            "features", rule -> rules.featuresOf(rule).stream().map(FeatureSpec::name).toList()));
  }

  static @Nullable Object number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
