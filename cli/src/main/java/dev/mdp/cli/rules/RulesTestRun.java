package dev.mdp.cli.rules;

import dev.mdp.config.MdpConfig;
import dev.mdp.config.RulesFile;
import dev.mdp.config.RulesTest;
import dev.mdp.core.error.DataException;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleCase;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.ops.rules.Difference;
import dev.mdp.ops.rules.RuleTrial;
import java.nio.file.Path;
import java.util.List;

/// One test file and the rules it tests, ready to run.
///
/// @param trial knows the names of every case
record RulesTestRun(RulesTest test, RuleTrial trial) {
  /// What came of one case.
  record Result(String file, RuleCase testCase, List<Difference> differences) {
    boolean passed() {
      return differences.isEmpty();
    }
  }

  /// @param configured the rules of a file that names none
  static RulesTestRun of(RulesTest test, MdpConfig config, Path configured) {
    List<FeatureSpec> windows = test.features().orElse(config.features().windows());
    RuleSet rules =
        RulesFile.read(test.rules().orElse(configured), specs -> RuleSet.compile(specs, windows));
    RuleTrial.requireKnownNames(rules, test.cases());
    return new RulesTestRun(test, new RuleTrial(rules, features(test, rules)));
  }

  List<Result> run() {
    return test.cases().stream()
        .map(each -> new Result(test.source(), each, trial.run(each)))
        .toList();
  }

  private static FeatureSet features(RulesTest test, RuleSet rules) {
    try {
      return new FeatureSet(rules.features(), test.every());
    } catch (IllegalArgumentException e) {
      throw new DataException(test.source() + ": " + e.getMessage(), e);
    }
  }
}
