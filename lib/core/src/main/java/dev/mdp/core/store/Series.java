package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;

/// One line of stored rows: a provider's symbol, and of bars their interval. The names are as they
/// are in the table, where other programs write too.
///
/// @param interval empty for ticks
public record Series(String provider, String symbol, String interval) {
  public static Series ofTicks(String provider, String symbol) {
    return new Series(provider, symbol, "");
  }

  /// Whether the names are ones that this program could have written.
  public boolean isOurs() {
    return Names.isValid(provider) && Symbol.isCanonical(symbol) && hasOurInterval();
  }

  private boolean hasOurInterval() {
    try {
      return interval.isEmpty() || Interval.parse(interval).toString().equals(interval);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return provider + " " + symbol + (interval.isEmpty() ? "" : " " + interval);
  }
}
