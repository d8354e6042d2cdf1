package dev.mdp.core.feature;

import dev.mdp.core.event.Symbol;

/// What is known of one symbol at the close of one evaluation window.
///
/// @param tsMicros the window's end, exclusive: everything before it is in
/// @param price the last price of the window
/// @param features in the order of the configured features; NaN is *undefined* and leaves this
///   record only as such, never as a number
public record Evaluation(
    String provider, String lane, Symbol symbol, long tsMicros, double price, double[] features) {
  /// Whether the feature at this place has a value.
  public boolean isDefined(int feature) {
    return !Double.isNaN(features[feature]);
  }
}
