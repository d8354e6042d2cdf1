package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.util.Optional;

/// One epoch of a series, as it is looked at. Times are microseconds since the epoch.
///
/// @param isNewest whether no later epoch began
/// @param cursor empty for a series that has had no trade
/// @param begunMicros the event time of its newest trade when it was first noted; `Long.MAX_VALUE`
///   when there was none
/// @param fromMicros the beginning of the time that is looked at
/// @param toMicros its end, exclusive; an earlier epoch ends with the first trade of the next one
/// @param noted what became of the trades that the feed noted
/// @param unnoted what will become of those above the noted head
/// @param isOwned whether a process publishes it now
/// @param oldestTickMicros of all series of the provider; `Long.MAX_VALUE` when none has a tick
public record AuditedSeries(
    String provider,
    Symbol symbol,
    int epoch,
    boolean isNewest,
    TradeIds ids,
    Optional<FeedCursor> cursor,
    long begunMicros,
    long fromMicros,
    long toMicros,
    TradeArrival noted,
    TradeArrival unnoted,
    boolean isOwned,
    long oldestTickMicros) {

  /// Whether a missing id is a missing trade.
  public boolean isProvable() {
    return ids == TradeIds.CONTIGUOUS;
  }

  /// Whether its first trades may be gone because ticks as old as they are not kept.
  public boolean isPruned() {
    return begunMicros < oldestTickMicros && oldestTickMicros != Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return provider + " " + symbol + (epoch == 0 ? "" : " epoch " + epoch);
  }
}
