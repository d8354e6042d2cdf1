package dev.mdp.inference.rules;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.TruthNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One compiled rule.
///
/// @param key changes when its name, its condition or a feature it names does
/// @param features those it names, by their place in an evaluation
record Rule(
    RuleSpec spec,
    TruthNode condition,
    Rings.Slice rings,
    long key,
    SortedMap<Integer, FeatureSpec> features,
    long cooldownMicros) {
  private static final String EXPLAIN = "explain.";

  static Rule of(
      RuleSpec spec,
      TruthNode condition,
      Rings.Slice rings,
      long key,
      SortedMap<Integer, FeatureSpec> features) {
    long cooldown = spec.cooldown().map(Interval::micros).orElse(0L);
    return new Rule(spec, condition, rings, key, features, cooldown);
  }

  boolean concerns(Symbol symbol) {
    return spec.symbols().isEmpty() || spec.symbols().contains(symbol);
  }

  Signal signal(Evaluation evaluation) {
    return new Signal(
        evaluation.provider(),
        evaluation.symbol(),
        evaluation.tsMicros(),
        spec.name(),
        spec.value(),
        spec.score(),
        spec.explain() ? explained(evaluation) : spec.meta());
  }

  /// The meta with the condition and what it looked at. What is undefined has no number.
  private Map<String, Object> explained(Evaluation evaluation) {
    Map<String, Object> meta = new TreeMap<>(spec.meta());
    meta.put(EXPLAIN + "condition", spec.condition().text().strip());
    meta.put(EXPLAIN + "price", evaluation.price());
    features.forEach((place, feature) ->
        meta.put(
            EXPLAIN + feature.name(),
            evaluation.isDefined(place) ? evaluation.features()[place] : "undefined"));
    return meta;
  }
}
