package dev.mdp.inference.rules;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.TruthNode;
import java.util.List;

/// One compiled rule.
///
/// @param key changes when its name, its condition or a feature it names does
/// @param features those it names
record Rule(
    RuleSpec spec,
    TruthNode condition,
    Rings.Slice rings,
    long key,
    List<FeatureSpec> features,
    long cooldownMicros) {
  static Rule of(
      RuleSpec spec, TruthNode condition, Rings.Slice rings, long key, List<FeatureSpec> features) {
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
        spec.meta());
  }
}
