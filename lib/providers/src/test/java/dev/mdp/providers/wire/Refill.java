package dev.mdp.providers.wire;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.UnusableTrade;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Fills one hole page by page as long as pages bring anything, from whichever end they come.
public final class Refill {
  public final List<Tick> trades = new ArrayList<>();
  public final List<UnusableTrade> unusable = new ArrayList<>();
  public long keptFrom;
  public int pages;

  /// Ids of the hole that no page spoke of.
  public List<IdRange> open = List.of();

  private final IdRange hole;
  private final IdSet spokenOf = new IdSet();
  private final TreeMap<Long, TradeMark> known = new TreeMap<>();

  private Refill(TradeMark below, TradeMark above) {
    hole = new IdRange(below.id() + 1, above.id() - 1);
    known.put(below.id(), below);
    known.put(above.id(), above);
  }

  public static Refill of(HistoryFeed feed, Symbol symbol, TradeMark below, TradeMark above) {
    Refill refill = new Refill(below, above);
    boolean progress = true;
    refill.open = List.of(refill.hole);
    while (progress && !refill.open.isEmpty()) {
      progress = false;
      for (IdRange part : refill.open) {
        progress |= refill.ask(feed, symbol, part);
      }
      refill.open = refill.spokenOf.missing(refill.hole);
    }
    return refill;
  }

  /// The hole's ids that are neither among the trades, nor unusable, nor open.
  public List<Long> absent() {
    List<Long> absent = new ArrayList<>();
    for (long id = hole.first(); id <= hole.last(); id++) {
      long each = id;
      if (trades.stream().noneMatch(t -> t.seq() == each)
          && unusable.stream().noneMatch(u -> u.id().orElse(-1) == each)
          && open.stream().noneMatch(r -> r.contains(each))) {
        absent.add(id);
      }
    }
    return absent;
  }

  private boolean ask(HistoryFeed feed, Symbol symbol, IdRange part) {
    TradeMark below = known.floorEntry(part.first() - 1).getValue();
    TradeMark above = known.ceilingEntry(part.last() + 1).getValue();
    HistoryPage page = feed.page(symbol, below, above);
    pages++;
    keptFrom = Math.max(keptFrom, page.keptFrom());
    trades.addAll(page.trades());
    unusable.addAll(page.unusable());
    page.trades().forEach(t -> known.put(t.seq(), new TradeMark(t.seq(), t.srcMicros())));
    List<IdRange> before = spokenOf.missing(part);
    page.shown().ifPresent(spokenOf::add);
    return !spokenOf.missing(part).equals(before);
  }
}
