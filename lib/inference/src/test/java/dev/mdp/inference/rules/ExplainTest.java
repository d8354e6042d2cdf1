package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.NONE;
import static dev.mdp.inference.rules.RuleFixture.at;
import static dev.mdp.inference.rules.RuleFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import dev.mdp.inference.rules.RuleOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final RuleSpec ELSEWHERE =
      new RuleSpec(
          "elsewhere",
          SourceText.of("r.yaml", "price > 0", 1, 1),
          1,
          OptionalDouble.empty(),
          List.of(new Symbol("QQQ")),
          false,
          Optional.empty(),
          Map.of());
  private static final RuleSet RULES =
      RuleFixture.rules(
          rule("up", "price > prev(price, 1)"),
          rule("edge", "rsi > 70", true, ""),
          rule("seldom", "price > 1 and not (momentum > 1)", false, "3s"),
          ELSEWHERE);

  @Test
  void tellsTheThreeTruthsAndWhoWasNotAsked() {
    List<RuleOutcome> outcomes = RULES.explain(at(1, 2, NONE, NONE, 71, 2), RULES.newState());

    assertThat(outcomes)
        .extracting(RuleOutcome::verdict)
        .containsExactly(Verdict.UNDEFINED, Verdict.TRUE, Verdict.FALSE, Verdict.NOT_CONCERNED);
    assertThat(outcomes).noneMatch(RuleOutcome::fires);
  }

  @Test
  void firesWhatEvaluateFires() {
    Random random = new Random(7);
    RuleState explained = RULES.newState();
    RuleState evaluated = RULES.newState();
    for (int second = 0; second < 500; second++) {
      double rsi = random.nextInt(4) == 0 ? NONE : 60 + random.nextInt(20);
      Evaluation evaluation = at(second, random.nextInt(4), NONE, NONE, rsi, random.nextInt(3));

      List<String> signals = new ArrayList<>();
      RULES.evaluate(evaluation, evaluated, (Signal signal) -> signals.add(signal.name()));
      List<RuleOutcome> outcomes = RULES.explain(evaluation, explained);

      assertThat(outcomes.stream().filter(RuleOutcome::fires).map(each -> each.rule().name()))
          .containsExactlyElementsOf(signals);
      assertThat(explained.save()).isEqualTo(evaluated.save());
    }
  }

  @Test
  void tellsWhichFeaturesARuleNames() {
    RuleSpec both = rule("both", "vwap < price and rsi_14 > vwap_1m");
    RuleSet rules = RuleFixture.rules(both, rule("none", "price > 1"));

    assertThat(rules.featuresOf(both))
        .extracting(FeatureSpec::name)
        .containsExactly("rsi_14", "vwap_1m");
    assertThat(rules.featuresOf(rules.rules().get(1))).isEmpty();
    assertThatThrownBy(() -> rules.featuresOf(ELSEWHERE)).hasMessageContaining("elsewhere");
  }
}
