package dev.mdp.inference.rules;

import dev.mdp.core.rule.RuleSpec;
import dev.mdp.inference.rules.program.Truth;

/// What became of one rule at one evaluation.
///
/// @param fires whether it gives a signal: true, and neither its edge nor its cooldown forbids it
public record RuleOutcome(RuleSpec rule, Verdict verdict, boolean fires) {
  /// What its condition was.
  public enum Verdict {
    FALSE,
    UNDEFINED,
    TRUE,
    /// The rule is for other symbols, and was not asked.
    NOT_CONCERNED;

    static Verdict of(int truth) {
      return switch (truth) {
        case Truth.FALSE -> FALSE;
        case Truth.TRUE -> TRUE;
        default -> UNDEFINED;
      };
    }
  }
}
