package dev.mdp.core.rule;

import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import java.util.OptionalDouble;

/// One signal that must come in a [RuleCase].
///
/// @param place `file:line` of it
/// @param tsMicros the end of the evaluation window
/// @param value not compared when absent
/// @param score not compared when absent
public record ExpectedSignal(
    String place,
    long tsMicros,
    Symbol symbol,
    String name,
    OptionalDouble value,
    OptionalDouble score) {
  /// Whether this is the signal, whatever its value and score are.
  public boolean isOf(Signal signal) {
    return tsMicros == signal.tsMicros()
        && symbol.equals(signal.symbol())
        && name.equals(signal.name());
  }
}
