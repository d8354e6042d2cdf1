package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import java.util.Optional;

/// A venue's history under another provider's name, as [NamedFeed]. Thread-safe.
public final class NamedHistory implements HistoryFeed {
  private final String provider;
  private final HistoryFeed history;

  public NamedHistory(String provider, HistoryFeed history) {
    this.provider = provider;
    this.history = history;
  }

  @Override
  public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    HistoryPage page = history.page(symbol, below, above);
    return new HistoryPage(
        page.trades().stream().map(trade -> trade.ofProvider(provider)).toList(),
        page.shown(),
        page.unusable(),
        page.keptFrom());
  }

  @Override
  public Optional<TradeMark> newest(Symbol symbol) {
    return history.newest(symbol);
  }

  @Override
  public void close() {
    history.close();
  }
}
