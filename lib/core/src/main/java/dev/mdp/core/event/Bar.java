package dev.mdp.core.event;

/// Open, high, low, close and volume over `[startMicros, startMicros + interval)`, stamped with its
/// start.
///
/// @param lane the lane that made it; empty for live
/// @param vwap notional / volume, exact and rounded once, or NaN at zero volume
/// @param tradeCount how many distinct ticks, or [#EXTERNAL] for a bar that came as a bar
public record Bar(
    String provider,
    String lane,
    Symbol symbol,
    Interval interval,
    long startMicros,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long tradeCount) {

  /// The trade count of a bar that was not made from ticks; NULL in the table.
  public static final long EXTERNAL = -1;

  public boolean isExternal() {
    return tradeCount == EXTERNAL;
  }

  public long endMicros() {
    return startMicros + interval.micros();
  }
}
