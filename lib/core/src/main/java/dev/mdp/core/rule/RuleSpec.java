package dev.mdp.core.rule;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// One rule of a rules file, its condition not yet understood.
///
/// @param name also the name of its signals
/// @param value the signals' value, finite
/// @param score the signals' score, finite
/// @param symbols whom it concerns; empty for all
/// @param edge whether it fires only when its condition becomes true
/// @param cooldown event time after a firing within which it does not fire again
/// @param meta text, finite numbers and booleans for the signals' meta
/// @param explain whether the signals' meta says what the condition looked at
public record RuleSpec(
    String name,
    SourceText condition,
    double value,
    OptionalDouble score,
    List<Symbol> symbols,
    boolean edge,
    Optional<Interval> cooldown,
    Map<String, Object> meta,
    boolean explain) {
  public RuleSpec {
    Names.require("rule name", name);
    if (!Double.isFinite(value) || (score.isPresent() && !Double.isFinite(score.getAsDouble()))) {
      throw new IllegalArgumentException(
          "the rule " + name + " is not finite: " + value + ", " + score);
    }
    symbols = List.copyOf(symbols);
    meta = Collections.unmodifiableMap(new TreeMap<>(meta));
  }

  /// One whose signals are not explained.
  public RuleSpec(
      String name,
      SourceText condition,
      double value,
      OptionalDouble score,
      List<Symbol> symbols,
      boolean edge,
      Optional<Interval> cooldown,
      Map<String, Object> meta) {
    this(name, condition, value, score, symbols, edge, cooldown, meta, false);
  }

  /// The same rule for all symbols.
  public RuleSpec forAll() {
    return new RuleSpec(name, condition, value, score, List.of(), edge, cooldown, meta, explain);
  }

  /// A rule for all symbols that fires whenever its condition holds.
  public static RuleSpec of(String name, SourceText condition, double value) {
    return new RuleSpec(
        name,
        condition,
        value,
        OptionalDouble.empty(),
        List.of(),
        false,
        Optional.empty(),
        Map.of());
  }
}
