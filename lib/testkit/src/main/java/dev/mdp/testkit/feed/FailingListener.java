package dev.mdp.testkit.feed;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;

/// Passes on what it gets, and throws once, after a certain trade. One thread.
final class FailingListener implements FeedListener {
  private final FeedListener into;
  private int left;

  /// @param trades how many it takes until it throws
  FailingListener(FeedListener into, int trades) {
    this.into = into;
    this.left = trades;
  }

  @Override
  public void trade(Tick trade) {
    into.trade(trade);
    left--;
    if (left == 0) {
      throw new IllegalStateException("full");
    }
  }

  @Override
  public void unusable(UnusableTrade trade) {
    into.unusable(trade);
  }

  @Override
  public void notice(FeedNotice notice) {
    into.notice(notice);
  }
}
