package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.NONE;
import static dev.mdp.inference.rules.RuleFixture.at;
import static dev.mdp.inference.rules.RuleFixture.condition;
import static dev.mdp.inference.rules.RuleFixture.firings;
import static dev.mdp.inference.rules.RuleFixture.rule;
import static dev.mdp.inference.rules.RuleFixture.rules;
import static dev.mdp.inference.rules.RuleFixture.signals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FiringTest {
  @Test
  void aRuleFiresAsLongAsItsConditionHolds() {
    assertThat(firings(condition("price > 10"), 9, 11, 12, 9, 11)).containsExactly(1, 2, 4);
  }

  @Test
  void edgeFiresFromFalseToTrueAcrossUndefinedButNotAtFirst() {
    RuleSet edge = rules(rule("r", "price > 10", true, ""));

    assertThat(firings(edge, 11, 12, 9, 11, 11, NONE, 11, 9, NONE, 11)).containsExactly(3, 9);
  }

  @Test
  void aCooldownIsMeasuredInEventTimeFromTheLastFiring() {
    RuleSet cool = rules(rule("r", "price > 10", false, "3s"));

    assertThat(firings(cool, 11, 11, 11, 11, 11, 9, 9, 11, 11)).containsExactly(0, 3, 7);
  }

  @Test
  void anEdgeWithinTheCooldownIsLost() {
    RuleSet both = rules(rule("r", "price > 10", true, "3s"));

    assertThat(firings(both, 9, 11, 9, 11, 11, 11, 9, 11)).containsExactly(1, 7);
  }

  @Test
  void aCrossingLooksAtTheEvaluationBefore() {
    assertThat(firings(condition("crosses_above(price, 10)"), 11, 9, 10, 11, 12, 10, 11, NONE, 11))
        .containsExactly(3, 6);
    assertThat(firings(condition("crosses_below(price, 10)"), 9, 11, 10, 9, 8, 10, 9, NONE, 9))
        .containsExactly(3, 6);
  }

  @Test
  void bothSidesOfACrossingMove() {
    RuleSet rules = condition("crosses_above(price, vwap)");
    RuleState state = rules.newState();

    List<Signal> signals =
        signals(
            rules,
            state,
            at(1, 10, 11, 0, 0, 0),
            at(2, 10, 10, 0, 0, 0),
            at(3, 10, 9, 0, 0, 0),
            at(4, 10, 8, 0, 0, 0));

    assertThat(signals).extracting(Signal::tsMicros).containsExactly(3_000_000L);
  }

  @Test
  void thePastIsCountedInEvaluations() {
    RuleSet rules = condition("price > prev(price, 3) && prev(price, 1) == 2");

    assertThat(firings(rules, 1, 5, 2, 3, 2, 1, 2, 9)).containsExactly(3, 7);
  }

  @Test
  void thePastOfThePastIsAsOldAsBothTogether() {
    RuleSet rules = condition("prev(prev(price, 2) * 10, 3) == 10");

    assertThat(firings(rules, 0, 1, 0, 0, 0, 0, 0, 0)).containsExactly(6);
  }

  @Test
  void thePastGoesOnWhereLogicLooksAway() {
    RuleSet rules = condition("price > 5 and prev(price, 1) == 1");

    assertThat(firings(rules, 9, 1, 9, 1, 1, 9)).containsExactly(2, 5);
  }

  @Test
  void aSignalHasEverythingOfItsRule() {
    RuleSet rules =
        rules(
            new RuleSpec(
                "up",
                SourceText.of("r.yaml", "true", 1, 1),
                -1,
                OptionalDouble.of(0.7),
                List.of(new Symbol("SPY")),
                false,
                Optional.empty(),
                Map.of("signal", "sell", "k", 2L)));

    List<Signal> signals =
        signals(
            rules,
            rules.newState(),
            at(5, 1, 1, 1, 1, 1),
            new Evaluation("p", "", new Symbol("MSFT"), 6, 1, new double[4]));

    assertThat(signals)
        .containsExactly(
            new Signal(
                "p",
                new Symbol("SPY"),
                5_000_000,
                "up",
                -1,
                OptionalDouble.of(0.7),
                Map.of("signal", "sell", "k", 2L)));
  }

  @Test
  void whatIsOfOtherRulesIsRefused() {
    RuleSet rules = condition("price > 1");
    RuleState foreign = condition("price > 1").newState();

    assertThatThrownBy(() -> rules.evaluate(at(1, 1, 1, 1, 1, 1), foreign, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rules.evaluate(at(1, 1, 1), rules.newState(), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anExplainedSignalSaysWhatItsConditionLookedAt() {
    RuleSpec plain = rule("a", "price > vwap and (rsi > 1 or mom_3 > 0)");
    RuleSpec explained =
        new RuleSpec(
            "b",
            plain.condition(),
            1,
            OptionalDouble.empty(),
            List.of(),
            false,
            Optional.empty(),
            Map.of("side", "buy"),
            true);
    RuleSet rules = RuleFixture.rules(plain, explained);

    List<Signal> signals =
        RuleFixture.signals(rules, rules.newState(), RuleFixture.at(1, 12, 10.5, 0.5, 70, 1, NONE));

    assertThat(signals).hasSize(2);
    assertThat(signals.getFirst().meta()).isEmpty();
    assertThat(signals.getLast().meta())
        .isEqualTo(
            Map.of(
                "side",
                "buy",
                "explain.condition",
                "price > vwap and (rsi > 1 or mom_3 > 0)",
                "explain.price",
                12.0,
                "explain.vwap_1m",
                10.5,
                "explain.rsi_14",
                70.0,
                "explain.mom_3",
                "undefined"));
  }
}
