package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.TradeIds;
import java.time.Duration;
import java.util.Set;

/// A provider whose history alone is of interest: it connects to nothing.
public record NoLiveFeed(String provider) implements LiveFeed {
  @Override
  public TradeIds ids() {
    return TradeIds.CONTIGUOUS;
  }

  @Override
  public void subscribe(Set<Symbol> symbols) {}

  @Override
  public int poll(int max, Duration wait, FeedListener into) {
    return 0;
  }

  @Override
  public void close() {}
}
