package dev.mdp.ops.rules;

import dev.mdp.core.error.DataException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.rule.ExpectedSignal;
import dev.mdp.core.rule.RuleCase;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.inference.rules.RuleState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Tests rules: gives them the ticks of a case, through the windows and features of a worker, and
/// compares the signals that come out with those that are expected. One thread.
public final class RuleTrial {
  private final RuleSet rules;
  private final FeatureSet features;

  public RuleTrial(RuleSet rules, FeatureSet features) {
    this.rules = rules;
    this.features = features;
  }

  /// Throws `DataException` with every place where a case expects a signal that no rule is named
  /// after.
  public static void requireKnownNames(RuleSet rules, List<RuleCase> cases) {
    List<String> names = rules.rules().stream().map(RuleSpec::name).toList();
    Problems problems = new Problems();
    for (RuleCase each : cases) {
      for (ExpectedSignal expected : each.expected()) {
        if (!names.contains(expected.name())) {
          problems.add(
              expected.place(),
              "no rule is named '"
                  + expected.name()
                  + "'"
                  + Suggestions.phrase(expected.name(), names));
        }
      }
    }
    problems.throwIfAny(DataException::new);
  }

  /// What is not as the case expects; empty when it passes.
  public List<Difference> run(RuleCase testCase) {
    List<Difference> differences = new ArrayList<>();
    List<ExpectedSignal> missing = new ArrayList<>(testCase.expected());
    for (Signal signal : signals(testCase)) {
      missing.stream()
          .filter(each -> each.isOf(signal))
          .findFirst()
          .ifPresentOrElse(
              each -> {
                missing.remove(each);
                OptionalDouble value = OptionalDouble.of(signal.value());
                compare(each, "value", each.value(), value, differences);
                compare(each, "score", each.score(), signal.score(), differences);
              },
              () -> differences.add(new Difference.Unexpected(signal)));
    }
    missing.forEach(each -> differences.add(new Difference.Missing(each)));
    return List.copyOf(differences);
  }

  private List<Signal> signals(RuleCase testCase) {
    List<Signal> signals = new ArrayList<>();
    Map<Symbol, RuleState> states = new HashMap<>();
    TickEvaluation evaluation =
        new TickEvaluation(
            features,
            each ->
                rules.evaluate(
                    each,
                    states.computeIfAbsent(each.symbol(), _ -> rules.newState()),
                    signals::add));
    testCase.ticks().forEach(evaluation::add);
    evaluation.end();
    return signals;
  }

  private static void compare(
      ExpectedSignal expected,
      String what,
      OptionalDouble want,
      OptionalDouble was,
      List<Difference> differences) {
    if (want.isPresent() && !want.equals(was)) {
      differences.add(new Difference.Other(expected, what, want.getAsDouble(), was));
    }
  }
}
