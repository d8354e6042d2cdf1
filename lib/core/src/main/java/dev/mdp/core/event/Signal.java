package dev.mdp.core.event;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// A named value at one instant of one symbol; identity `(provider, symbol, ts, name)`.
///
/// @param tsMicros end of the evaluation window it was derived from
/// @param value finite, e.g. 1 for long, -1 for short, a class of a model
/// @param score how sure it is, where something says so
/// @param meta text, finite numbers and booleans by name, sorted
public record Signal(
    String provider,
    Symbol symbol,
    long tsMicros,
    String name,
    double value,
    OptionalDouble score,
    Map<String, Object> meta) {
  public Signal {
    Names.require("signal name", name);
    if (!Double.isFinite(value) || (score.isPresent() && !Double.isFinite(score.getAsDouble()))) {
      throw new IllegalArgumentException(
          "the signal " + name + " of " + symbol + " is not finite: " + value + ", " + score);
    }
    meta = Collections.unmodifiableMap(new TreeMap<>(meta));
  }
}
