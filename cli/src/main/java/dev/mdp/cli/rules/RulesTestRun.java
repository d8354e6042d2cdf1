package dev.mdp.cli.rules;

import dev.mdp.config.MdpConfig;
import dev.mdp.config.RulesFile;
import dev.mdp.config.RulesTest;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.error.Suggestions;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.inference.rules.RuleState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// One test file and the rules it tests, ready to run.
final class RulesTestRun {
  private final RulesTest test;
  private final RuleSet rules;
  private final FeatureSet features;

  private RulesTestRun(RulesTest test, RuleSet rules, FeatureSet features) {
    this.test = test;
    this.rules = rules;
    this.features = features;
  }

  /// What came of one case.
  record Result(String file, RulesTest.Case testCase, List<Difference> differences) {
    boolean passed() {
      return differences.isEmpty();
    }
  }

  /// @param configured the rules of a file that names none
  static RulesTestRun of(RulesTest test, MdpConfig config, Path configured) {
    List<FeatureSpec> windows = test.features().orElse(config.features().windows());
    RuleSet rules =
        RulesFile.read(test.rules().orElse(configured), specs -> RuleSet.compile(specs, windows));
    requireKnownNames(test, rules);
    try {
      return new RulesTestRun(test, rules, new FeatureSet(rules.features(), test.every()));
    } catch (IllegalArgumentException e) {
      throw new DataException(test.source() + ": " + e.getMessage(), e);
    }
  }

  List<Result> run() {
    return test.cases().stream()
        .map(each -> new Result(test.source(), each, differences(each)))
        .toList();
  }

  private List<Difference> differences(RulesTest.Case testCase) {
    List<Difference> differences = new ArrayList<>();
    List<RulesTest.Expected> missing = new ArrayList<>(testCase.expected());
    for (Signal signal : signals(testCase)) {
      missing.stream()
          .filter(each -> isOf(each, signal))
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

  private List<Signal> signals(RulesTest.Case testCase) {
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

  private static boolean isOf(RulesTest.Expected expected, Signal signal) {
    return expected.tsMicros() == signal.tsMicros()
        && expected.symbol().equals(signal.symbol())
        && expected.name().equals(signal.name());
  }

  private static void compare(
      RulesTest.Expected expected,
      String what,
      OptionalDouble want,
      OptionalDouble was,
      List<Difference> differences) {
    if (want.isPresent() && !want.equals(was)) {
      differences.add(new Difference.Other(expected, what, want.getAsDouble(), was));
    }
  }

  private static void requireKnownNames(RulesTest test, RuleSet rules) {
    List<String> names = rules.rules().stream().map(RuleSpec::name).toList();
    Problems problems = new Problems();
    for (RulesTest.Case each : test.cases()) {
      for (RulesTest.Expected expected : each.expected()) {
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
}
