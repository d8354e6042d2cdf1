package dev.mdp.providers.wire;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A page of past trades while it is read. The ids alone decide what is in it, whatever was asked
/// for and in whatever order it came. One thread.
public final class PageBuilder {
  private final TradeMark below;
  private final TradeMark above;
  private final TradeBuffer between = new TradeBuffer();

  /// The time of each trade that was added, between the marks or not.
  private final NavigableMap<Long, Long> microsById = new TreeMap<>();

  private int rows;
  private long latestMicros = Long.MIN_VALUE;

  /// A page of the trades between two known ones.
  public PageBuilder(TradeMark below, TradeMark above) {
    this.below = below;
    this.above = above;
  }

  /// A page of any trades.
  public static PageBuilder ofAll() {
    return new PageBuilder(new TradeMark(-1, 0), new TradeMark(Long.MAX_VALUE, 0));
  }

  /// Adds a trade. Throws [UnreadableException] when it has no id: what such a page shows and what
  /// it leaves out cannot be told.
  ///
  /// @param raw holds the trade from `from` to `to`
  public void add(TradeDraft trade, char[] raw, int from, int to, long receivedMicros)
      throws UnreadableException {
    long id = trade.id();
    if (id < 0) {
      throw new UnreadableException(
          "a trade of the page has no id, " + VenueJson.excerpt(raw, from, to));
    }
    long micros = trade.micros() == CharNumbers.NO_TIME ? receivedMicros : trade.micros();
    rows++;
    microsById.put(id, micros);
    latestMicros = Math.max(latestMicros, micros);
    if (below.id() < id && id < above.id()) {
      trade.handOn(raw, from, to, receivedMicros, between);
    }
  }

  /// How many trades were added.
  public int rows() {
    return rows;
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  /// The lowest id that was added. There is one.
  public long first() {
    return microsById.firstKey();
  }

  /// The highest id that was added; negative when none was.
  public long last() {
    return rows == 0 ? CharNumbers.NO_NUMBER : microsById.lastKey();
  }

  /// The trade with the highest id, whether it can be used or not.
  public Optional<TradeMark> newest() {
    return rows == 0
        ? Optional.empty()
        : Optional.of(new TradeMark(last(), microsById.lastEntry().getValue()));
  }

  /// The page of a venue that is asked by ids: it shows all from its lowest id to its highest.
  ///
  /// @param keptFrom as [HistoryPage#keptFrom]
  public HistoryPage page(long keptFrom) {
    return page(last(), keptFrom);
  }

  /// A full page of a venue that is asked by times. The next page may have more trades of this
  /// one's latest time, whatever their ids: where an id is missing among those, the page ends.
  ///
  /// @param keptFrom as [HistoryPage#keptFrom]
  public HistoryPage pageByTime(long keptFrom) {
    long former = rows == 0 ? 0 : first();
    for (Map.Entry<Long, Long> trade : microsById.entrySet()) {
      if (trade.getKey() > former + 1 && trade.getValue() >= latestMicros) {
        return page(former, keptFrom);
      }
      former = trade.getKey();
    }
    return page(keptFrom);
  }

  private HistoryPage page(long through, long keptFrom) {
    long from = rows == 0 ? Long.MAX_VALUE : Math.max(first(), below.id());
    long to = Math.min(through, above.id());
    Optional<IdRange> shown = from > to ? Optional.empty() : Optional.of(new IdRange(from, to));
    return new HistoryPage(distinct(between.trades()), shown, between.unusable(), keptFrom);
  }

  private static List<Tick> distinct(List<Tick> ascending) {
    List<Tick> distinct = new ArrayList<>(ascending.size());
    for (Tick trade : ascending) {
      if (distinct.isEmpty() || distinct.getLast().seq() != trade.seq()) {
        distinct.add(trade);
      }
    }
    return distinct;
  }
}
