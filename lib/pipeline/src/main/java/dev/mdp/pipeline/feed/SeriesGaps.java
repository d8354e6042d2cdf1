package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The open holes of one series, and which holes changed since the last commit. One thread.
final class SeriesGaps {
  private final NavigableMap<Long, FeedGap> open = new TreeMap<>();
  private final Map<Long, FeedGap> changed = new TreeMap<>();

  SeriesGaps(List<FeedGap> noted) {
    noted.forEach(gap -> open.put(gap.ids().first(), gap));
  }

  Collection<FeedGap> open() {
    return open.values();
  }

  /// Whether the id is in an open hole.
  boolean isOpen(long id) {
    Map.Entry<Long, FeedGap> at = open.floorEntry(id);
    return at != null && at.getValue().ids().contains(id);
  }

  /// Holes that the store does not know as they are now.
  Collection<FeedGap> changed() {
    return changed.values();
  }

  void committed() {
    changed.clear();
  }

  void found(FeedGap gap) {
    put(gap);
  }

  /// A hole that is not open, as it is to be noted.
  void closed(FeedGap closed) {
    changed.put(closed.ids().first(), closed);
  }

  /// What is open of these ids is as if the venue had never been asked for it.
  void askAgain(IdRange ids) {
    touching(ids.first(), ids.last()).forEach(gap -> put(gap.again()));
  }

  /// Whether any of these ids is open.
  boolean isOpen(IdRange ids) {
    return !touching(ids.first(), ids.last()).isEmpty();
  }

  /// The venue was asked for it.
  void asked(FeedGap gap) {
    put(gap);
  }

  /// These trades are published: what of them was missing is not any more.
  ///
  /// @param trades ascending by id
  void filled(List<Tick> trades, long nowMicros) {
    int from = 0;
    while (from < trades.size()) {
      int to = from;
      while (to + 1 < trades.size() && trades.get(to + 1).seq() == trades.get(to).seq() + 1) {
        to++;
      }
      close(mark(trades.get(from)), mark(trades.get(to)), GapState.FILLED, "", nowMicros);
      from = to + 1;
    }
  }

  /// The ids between these, both included, are closed, as far as they were open.
  ///
  /// @param why empty to keep the reason for which the hole is there
  void close(TradeMark first, TradeMark last, GapState end, String why, long nowMicros) {
    for (FeedGap gap : touching(first.id(), last.id())) {
      IdRange all = gap.ids();
      long begin = Math.max(all.first(), first.id());
      long until = Math.min(all.last(), last.id());
      open.remove(all.first());
      TradeMark beginning = new TradeMark(begin, first.micros());
      TradeMark ending = new TradeMark(until, last.micros());
      if (begin > all.first()) {
        put(gap.part(new IdRange(all.first(), begin - 1), gap.below(), beginning));
      }
      FeedGap part =
          gap.part(
              new IdRange(begin, until),
              begin > all.first() ? new TradeMark(begin - 1, gap.below().micros()) : gap.below(),
              until < all.last() ? new TradeMark(until + 1, gap.above().micros()) : gap.above());
      changed.put(begin, part.closed(end, why.isEmpty() ? gap.reason() : why, nowMicros));
      if (until < all.last()) {
        put(gap.part(new IdRange(until + 1, all.last()), ending, gap.above()));
      }
    }
  }

  private List<FeedGap> touching(long first, long last) {
    List<FeedGap> touching = new ArrayList<>();
    Map.Entry<Long, FeedGap> below = open.lowerEntry(first);
    if (below != null && below.getValue().ids().last() >= first) {
      touching.add(below.getValue());
    }
    touching.addAll(open.subMap(first, true, last, true).values());
    return touching;
  }

  private void put(FeedGap gap) {
    open.put(gap.ids().first(), gap);
    changed.put(gap.ids().first(), gap);
  }

  private static TradeMark mark(Tick trade) {
    return new TradeMark(trade.seq(), trade.srcMicros());
  }
}
