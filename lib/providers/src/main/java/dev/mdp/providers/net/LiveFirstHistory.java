package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import java.util.Optional;

/// A venue's history of which each half has its own turn at the venue: the newest trade, by which a
/// live feed is proved quiet, is asked for before the trades of holes. Thread-safe.
public final class LiveFirstHistory implements HistoryFeed {
  private final HistoryFeed live;
  private final HistoryFeed refill;

  /// Owns both and closes them.
  ///
  /// @param live asks from the live part of the budget
  /// @param refill asks for what that leaves
  public LiveFirstHistory(HistoryFeed live, HistoryFeed refill) {
    this.live = live;
    this.refill = refill;
  }

  @Override
  public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    return refill.page(symbol, below, above);
  }

  @Override
  public Optional<TradeMark> newest(Symbol symbol) {
    return live.newest(symbol);
  }

  @Override
  public void close() {
    try (refill) {
      live.close();
    }
  }
}
