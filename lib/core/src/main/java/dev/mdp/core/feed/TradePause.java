package dev.mdp.core.feed;

/// Whole seconds that follow each other and have no trade, in seconds since the epoch.
///
/// @param to exclusive
public record TradePause(long from, long to) {
  public TradePause {
    if (from >= to) {
      throw new IllegalArgumentException("seconds " + from + " to " + to);
    }
  }
}
