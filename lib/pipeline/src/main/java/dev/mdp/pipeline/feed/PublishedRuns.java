package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Trades of a series that are known to be published, in runs of ids that neither overlap nor
/// touch. One thread.
final class PublishedRuns {
  private final NavigableMap<Long, TradeRun> byFirst = new TreeMap<>();

  void add(Tick trade) {
    TradeMark mark = new TradeMark(trade.seq(), trade.srcMicros());
    add(new TradeRun(mark, mark));
  }

  void add(TradeRun run) {
    TradeMark first = run.first();
    TradeMark last = run.last();
    Map.Entry<Long, TradeRun> below = byFirst.floorEntry(first.id());
    if (below != null && below.getValue().last().id() >= first.id() - 1) {
      first = below.getValue().first();
      last = later(last, below.getValue().last());
    }
    Map.Entry<Long, TradeRun> next = byFirst.ceilingEntry(first.id());
    while (next != null && next.getKey() <= last.id() + 1) {
      last = later(last, next.getValue().last());
      byFirst.remove(next.getKey());
      next = byFirst.ceilingEntry(first.id());
    }
    byFirst.put(first.id(), new TradeRun(first, last));
  }

  private static TradeMark later(TradeMark one, TradeMark other) {
    return other.id() > one.id() ? other : one;
  }

  /// Ascending.
  List<TradeRun> all() {
    return List.copyOf(byFirst.values());
  }
}
