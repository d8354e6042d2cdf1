package dev.mdp.core.feed;

import dev.mdp.core.event.Tick;

/// Takes what a feed brings, in the order in which it came.
public interface FeedListener {
  /// A trade. Where the provider has ids, `seq` is the trade's id; the lane is the live one.
  void trade(Tick trade);

  /// A trade that cannot be one of ours: a price that is not a number, a size below 0.
  void unusable(UnusableTrade trade);

  void notice(FeedNotice notice);
}
