package dev.mdp.testkit.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps what a feed handed on. One thread.
public final class FeedLog implements FeedListener {
  private final List<Tick> trades = new ArrayList<>();
  private final List<UnusableTrade> unusable = new ArrayList<>();
  private final List<FeedNotice> notices = new ArrayList<>();

  @Override
  public void trade(Tick trade) {
    trades.add(trade);
  }

  @Override
  public void unusable(UnusableTrade trade) {
    unusable.add(trade);
  }

  @Override
  public void notice(FeedNotice notice) {
    notices.add(notice);
  }

  public List<Tick> trades() {
    return List.copyOf(trades);
  }

  /// The ids of a symbol's trades, in the order in which they came.
  public List<Long> ids(Symbol symbol) {
    return trades.stream().filter(t -> t.symbol().equals(symbol)).map(Tick::seq).toList();
  }

  public List<UnusableTrade> unusable() {
    return List.copyOf(unusable);
  }

  public List<FeedNotice> notices() {
    return List.copyOf(notices);
  }

  public <N extends FeedNotice> List<N> notices(Class<N> kind) {
    return notices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Whether the last that was said of the symbol is that it is live.
  public boolean isLive(Symbol symbol) {
    boolean live = false;
    for (FeedNotice notice : notices) {
      live =
          switch (notice) {
            case FeedNotice.Live it when it.symbol().equals(symbol) -> true;
            case FeedNotice.NotLive it when it.symbol().equals(symbol) -> false;
            case FeedNotice.Refused it when isOf(it.symbol(), symbol) -> false;
            case FeedNotice.Disconnected it when it.cause() != FeedNotice.Cause.PLANNED -> false;
            default -> live;
          };
    }
    return live;
  }

  private static boolean isOf(Optional<Symbol> refused, Symbol symbol) {
    return refused.isEmpty() || refused.get().equals(symbol);
  }

  public void clear() {
    trades.clear();
    unusable.clear();
    notices.clear();
  }
}
