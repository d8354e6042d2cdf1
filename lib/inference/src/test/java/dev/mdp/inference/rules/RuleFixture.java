package dev.mdp.inference.rules;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Rules over four features, `vwap_1m`, `ret_30s`, `rsi_14` and `mom_10`, and their evaluations.
final class RuleFixture {
  static final List<FeatureSpec> FEATURES =
      List.of(
          FeatureSpec.overHorizon("vwap_1m", FeatureKind.VWAP, Interval.parse("60s")),
          FeatureSpec.overHorizon("ret_30s", FeatureKind.RET, Interval.parse("30s")),
          FeatureSpec.overBars("rsi_14", FeatureKind.RSI, 14),
          FeatureSpec.overBars("mom_10", FeatureKind.MOM, 10));
  static final double NONE = Double.NaN;

  private RuleFixture() {}

  static RuleSpec rule(String name, String condition) {
    return RuleSpec.of(name, SourceText.of("r.yaml", condition, 1, 1), 1);
  }

  static RuleSpec rule(String name, String condition, boolean edge, String cooldown) {
    return new RuleSpec(
        name,
        SourceText.of("r.yaml", condition, 1, 1),
        1,
        OptionalDouble.empty(),
        List.of(),
        edge,
        Optional.of(cooldown).filter(text -> !text.isEmpty()).map(Interval::parse),
        Map.of());
  }

  static RuleSet rules(RuleSpec... specs) {
    return RuleSet.compile(List.of(specs), FEATURES);
  }

  static RuleSet condition(String condition) {
    return rules(rule("r", condition));
  }

  static String problems(String condition) {
    return String.valueOf(
        catchThrowableOfType(DataException.class, () -> condition(condition)).getMessage());
  }

  /// @param features of [#FEATURES], in their order
  static Evaluation at(int second, double price, double... features) {
    return new Evaluation("p", "", new Symbol("SPY"), second * 1_000_000L, price, features);
  }

  static List<Signal> signals(RuleSet rules, RuleState state, Evaluation... evaluations) {
    List<Signal> signals = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      rules.evaluate(evaluation, state, signals::add);
    }
    return signals;
  }

  /// The seconds at which a rule over price alone fires, one evaluation a second.
  static List<Integer> firings(RuleSet rules, double... prices) {
    return firings(rules, rules.newState(), 0, prices);
  }

  static List<Integer> firings(RuleSet rules, RuleState state, int from, double... prices) {
    List<Integer> seconds = new ArrayList<>();
    for (int i = 0; i < prices.length; i++) {
      int second = from + i;
      double[] features = new double[rules.features().size()];
      java.util.Arrays.fill(features, NONE);
      rules.evaluate(at(second, prices[i], features), state, _ -> seconds.add(second));
    }
    return seconds;
  }

  /// Whether a condition fires at one evaluation of these features.
  static boolean holds(String condition, double price, double... features) {
    RuleSet rules = condition(condition);
    return !signals(rules, rules.newState(), at(1, price, features)).isEmpty();
  }
}
