package dev.mdp.features.window;

/// The last price before the retained history.
///
/// @param endMicros the tick is before this time, and no later one is known before it;
///   `Long.MIN_VALUE` when there is no price
/// @param price NaN when there is none
public record LastPrice(long endMicros, double price) {
  public static final LastPrice NONE = new LastPrice(Long.MIN_VALUE, Double.NaN);

  /// Takes the later of this and a price before that end; the new one when both are the same.
  public LastPrice or(long otherEnd, double otherPrice) {
    return otherEnd < endMicros ? this : new LastPrice(otherEnd, otherPrice);
  }

  /// The price, when it is one at or before this time, else NaN.
  double before(long micros) {
    return endMicros <= micros ? price : Double.NaN;
  }
}
