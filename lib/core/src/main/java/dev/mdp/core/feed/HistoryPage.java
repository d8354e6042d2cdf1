package dev.mdp.core.feed;

import dev.mdp.core.event.Tick;
import java.util.List;
import java.util.Optional;

/// A page of a venue's past trades.
///
/// @param trades ascending by id; `seq` is the id, the lane the live one
/// @param shown the ids that the page spoke of: one of them that is not among the trades, nor
///   refused, does not exist at the venue; empty for an empty page, which near the head means only
///   "not yet"
/// @param unusable trades that were refused here
/// @param keptFrom the venue has no older trade than the one with this id, though older ones were
///   asked for; 0 when it kept all that was asked for
public record HistoryPage(
    List<Tick> trades, Optional<IdRange> shown, List<UnusableTrade> unusable, long keptFrom) {
  public HistoryPage {
    trades = List.copyOf(trades);
    unusable = List.copyOf(unusable);
  }
}
