package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import java.time.Duration;
import java.util.Set;

/// A feed under another provider's name: of several of one type each has its own. One thread at a
/// time.
public final class NamedFeed implements LiveFeed {
  private final String provider;
  private final LiveFeed feed;

  public NamedFeed(String provider, LiveFeed feed) {
    this.provider = provider;
    this.feed = feed;
  }

  @Override
  public String provider() {
    return provider;
  }

  @Override
  public TradeIds ids() {
    return feed.ids();
  }

  @Override
  public void subscribe(Set<Symbol> symbols) {
    feed.subscribe(symbols);
  }

  @Override
  public int poll(int max, Duration wait, FeedListener into) {
    return feed.poll(max, wait, new Renaming(provider, into));
  }

  @Override
  public void renew(Symbol symbol) {
    feed.renew(symbol);
  }

  @Override
  public void close() {
    feed.close();
  }

  private record Renaming(String provider, FeedListener into) implements FeedListener {
    @Override
    public void trade(Tick trade) {
      into.trade(trade.ofProvider(provider));
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
}
