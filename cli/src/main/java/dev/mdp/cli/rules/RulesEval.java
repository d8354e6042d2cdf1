package dev.mdp.cli.rules;

import dev.mdp.cli.shell.ExitCodes;
import dev.mdp.cli.shell.OutputOptions;
import dev.mdp.cli.shell.ResultCommand;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.rule.RuleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mdp rules eval`.
@Command(
    footer = {
      "",
      "Examples:",
      "  mdp rules eval --features momentum=0.02,volatility=0.3,price=101",
      "  mdp rules eval new-rules.yaml --symbol SPY --features price=99,vwap=100 --features price=101,vwap=100",
      "",
      "Repeat --features to simulate successive evaluations, one evaluation interval apart, to try",
      "edge, cooldown, prev and crosses_above.",
      "Exit codes: 0 evaluated, 2 bad --features, 65 a rule is wrong, 78 bad configuration.",
      "Configuration used: inference, features and micro_batch; connects to nothing."
    })
final class RulesEval implements Callable<Integer>, ResultCommand {
  private static final Symbol ANY = new Symbol("ANY");

  @Option(
      names = "--features",
      paramLabel = "NAME=NUMBER,…",
      required = true,
      description = "Values of features and of price; what is not named is undefined. Repeatable.")
  List<String> given = new ArrayList<>();

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "The symbol, for rules with symbols (default: one that all rules concern).")
  @Nullable String symbol;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The rules (default: inference.adapters.rules.file).")
  @Nullable Path file;

  @Mixin OutputOptions output;
  @Spec CommandSpec spec;

  @Override
  public String schema() {
    return "mdp.rules.eval/v1";
  }

  @Override
  public Integer call() {
    String named = symbol;
    Symbol of = named == null ? ANY : usage("--symbol", () -> Symbol.of(named));
    CompiledRules compiled =
        CompiledRules.load(
            spec,
            file,
            rules -> named == null ? rules.stream().map(RuleSpec::forAll).toList() : rules);
    GivenFeatures names = new GivenFeatures(compiled.rules().features());
    List<GivenFeatures.Values> values =
        usage("--features", () -> given.stream().map(text -> names.parse(text)).toList());
    output
        .printer(spec, schema())
        .print(EvaluatedRule.columns(output.isTable()), EvaluatedRule.of(compiled, of, values));
    return ExitCodes.OK;
  }

  private <T> T usage(String option, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
