package dev.mdp.core.feed;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.Optional;

/// What an owner notes in one transaction, after the bus has acknowledged it.
///
/// @param ids what the ids of this provider mean
/// @param position where the log ended when all of it was acknowledged
/// @param cursors of the series that moved
/// @param gaps holes that were found or changed
/// @param intervals states that began, ended or reach further
public record FeedCommit(
    TradeIds ids,
    Position position,
    Optional<LogAnchor> anchor,
    List<FeedCursor> cursors,
    List<FeedGap> gaps,
    List<FeedInterval> intervals) {
  public FeedCommit {
    cursors = List.copyOf(cursors);
    gaps = List.copyOf(gaps);
    intervals = List.copyOf(intervals);
  }

  /// Throws [IllegalArgumentException] for what could not be read again as it is: a series of
  /// another shard, which its next owner would not be given, and a hole with other trades than its
  /// neighbours around it, of which only the times are kept.
  public void requireOf(FeedKey key) {
    cursors.forEach(cursor -> requireShard(key, cursor.symbol()));
    intervals.forEach(interval -> requireShard(key, interval.symbol()));
    for (FeedGap gap : gaps) {
      requireShard(key, gap.symbol());
      if (gap.below().id() != gap.ids().first() - 1 || gap.above().id() != gap.ids().last() + 1) {
        throw new IllegalArgumentException(
            "the hole %s of %s is between %d and %d: it has to reach from one to the other"
                .formatted(gap.ids(), gap.symbol(), gap.below().id(), gap.above().id()));
      }
    }
  }

  private static void requireShard(FeedKey key, Symbol symbol) {
    int shard = Shards.of(key.provider(), symbol.value(), key.shards());
    if (shard != key.shard()) {
      throw new IllegalArgumentException(symbol + " belongs to shard " + shard + ", not to " + key);
    }
  }
}
