package dev.mdp.cli.rules;

import dev.mdp.cli.output.Column;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.RuleOutcome;
import dev.mdp.inference.rules.RuleState;
import java.util.ArrayList;
import java.util.List;

/// One rule at one evaluation of given values.
///
/// @param evaluation which one, from 1
record EvaluatedRule(int evaluation, RuleOutcome outcome) {
  /// Every rule at every evaluation, which follow one another as often as a symbol is evaluated.
  static List<EvaluatedRule> of(
      CompiledRules compiled, Symbol symbol, List<GivenFeatures.Values> given) {
    RuleState state = compiled.rules().newState();
    List<EvaluatedRule> evaluated = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      GivenFeatures.Values values = given.get(i);
      long ts = i * compiled.features().every().micros();
      Evaluation evaluation =
          new Evaluation("given", MarketEvent.LIVE, symbol, ts, values.price(), values.features());
      for (RuleOutcome outcome : compiled.rules().explain(evaluation, state)) {
        evaluated.add(new EvaluatedRule(i + 1, outcome));
      }
    }
    return evaluated;
  }

  static List<Column<EvaluatedRule>> columns(boolean table) {
    return List.of(
        Column.number("evaluation", EvaluatedRule::evaluation),
        Column.text("name", each -> each.rule().name()),
        Column.text("outcome", each -> word(each.outcome.verdict())),
        Column.text("fires", each -> table ? yes(each.outcome.fires()) : each.outcome.fires()),
        Column.number("value", each -> each.rule().value()),
        Column.number("score", each -> RulesCheck.number(each.rule().score())));
  }

  private RuleSpec rule() {
    return outcome.rule();
  }

  private static String word(RuleOutcome.Verdict verdict) {
    return switch (verdict) {
      case FALSE -> "false";
      case UNDEFINED -> "undefined";
      case TRUE -> "true";
      case NOT_CONCERNED -> "other symbols";
    };
  }

  private static String yes(boolean yes) {
    return yes ? "yes" : "no";
  }
}
