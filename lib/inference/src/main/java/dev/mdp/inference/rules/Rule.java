package dev.mdp.inference.rules;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.TruthNode;

/// One compiled rule.
///
/// @param key changes when its name, its condition or a feature it names does
record Rule(RuleSpec spec, TruthNode condition, Rings.Slice rings, long key, long cooldownMicros) {
  static Rule of(RuleSpec spec, TruthNode condition, Rings.Slice rings, long key) {
    return new Rule(spec, condition, rings, key, spec.cooldown().map(Interval::micros).orElse(0L));
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
