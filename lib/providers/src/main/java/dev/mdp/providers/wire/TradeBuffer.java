package dev.mdp.providers.wire;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a message holds, until it is known that all of it can be read. One thread.
public final class TradeBuffer implements FeedListener {
  private static final Comparator<Tick> BY_ID =
      Comparator.comparingLong(Tick::seq).thenComparing(Tick::comparePayload);

  private final List<Tick> trades = new ArrayList<>();
  private final List<UnusableTrade> unusable = new ArrayList<>();
  private final List<FeedNotice> notices = new ArrayList<>();
  private boolean ascending = true;

  @Override
  public void trade(Tick trade) {
    ascending &= trades.isEmpty() || trades.getLast().seq() < trade.seq();
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

  /// The trades ascending by id. Of two with one id both are there, the smaller payload first.
  public List<Tick> trades() {
    if (!ascending) {
      trades.sort(BY_ID);
      ascending = true;
    }
    return trades;
  }

  public List<UnusableTrade> unusable() {
    return unusable;
  }

  /// Hands all of it on, the trades ascending by id, and forgets it.
  public void handOn(FeedListener into) {
    notices.forEach(into::notice);
    trades().forEach(into::trade);
    unusable.forEach(into::unusable);
    clear();
  }

  public void clear() {
    trades.clear();
    unusable.clear();
    notices.clear();
    ascending = true;
  }
}
