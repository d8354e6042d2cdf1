package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedInterval;
import java.util.ArrayList;
import java.util.List;

/// In which state a series was when, as far as the store does not know it. It begins as not
/// connected. One thread.
final class SymbolTimes {
  private final Symbol symbol;
  private final List<FeedInterval> ended = new ArrayList<>();
  private FeedInterval.State state = FeedInterval.State.DOWN;
  private long since;

  SymbolTimes(Symbol symbol, long nowMicros) {
    this.symbol = symbol;
    this.since = nowMicros;
  }

  FeedInterval.State state() {
    return state;
  }

  void is(FeedInterval.State now, long atMicros) {
    if (now == state) {
      return;
    }
    if (atMicros > since) {
      ended.add(new FeedInterval(symbol, state, since, atMicros));
    }
    state = now;
    since = Math.max(since, atMicros);
  }

  /// What is to be noted: the states that ended, and the present one as far as it reaches now.
  List<FeedInterval> until(long nowMicros) {
    List<FeedInterval> all = new ArrayList<>(ended);
    if (nowMicros > since) {
      all.add(new FeedInterval(symbol, state, since, nowMicros));
    }
    return all;
  }

  void committed() {
    ended.clear();
  }
}
