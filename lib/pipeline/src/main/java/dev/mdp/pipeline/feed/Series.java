package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One series of a venue with contiguous ids: which of them were handed over, so that none is twice
/// and none is missing unnoticed. One thread.
final class Series {
  /// No venue gives more trades at once. Ids that go back further are those of another count.
  static final int PAGE = 1_000;

  /// Why ids are missing: no one listened.
  static final String DISCONNECTED = "disconnected";

  private static final String SKIPPED = "skipped";

  private final Symbol symbol;
  private IdSet ids = new IdSet();
  private int epoch;
  private @Nullable TradeMark head;
  private SeriesGaps gaps;
  private boolean moved;

  /// Why the next trades may pass over ids.
  private String reason = SKIPPED;

  /// Of the ids below the head those that this process published: of others it may only believe
  /// that they were.
  private IdSet publishedBelow = new IdSet();

  private final SeriesPulse pulse = new SeriesPulse();

  /// Holes of earlier epochs that changed since the last commit.
  private final List<FeedGap> retired = new ArrayList<>();

  /// Trades that were accepted above the head since the last look for holes: id to time.
  private final NavigableMap<Long, Long> ahead = new TreeMap<>();

  Series(Symbol symbol) {
    this.symbol = symbol;
    this.gaps = new SeriesGaps(List.of());
  }

  /// Continues where a former owner was.
  Series(SeriesState noted) {
    FeedCursor cursor = noted.cursor();
    this.symbol = cursor.symbol();
    this.epoch = cursor.epoch();
    this.head = cursor.head();
    this.gaps = new SeriesGaps(noted.open());
    IdSet missing = new IdSet();
    noted.open().forEach(gap -> missing.add(gap.ids()));
    missing.missing(new IdRange(cursor.firstId(), cursor.head().id())).forEach(ids::add);
  }

  Symbol symbol() {
    return symbol;
  }

  int epoch() {
    return epoch;
  }

  Optional<TradeMark> head() {
    return Optional.ofNullable(head);
  }

  SeriesGaps gaps() {
    return gaps;
  }

  SeriesPulse pulse() {
    return pulse;
  }

  /// The venue's newest trade: what lies between it and the head was missed, itself included.
  ///
  /// @return whether something was
  boolean newestIs(TradeMark newest, String reason, long nowMicros) {
    TradeMark last = head;
    if (last == null || newest.id() <= last.id()) {
      return false;
    }
    missing(last, new TradeMark(newest.id() + 1, newest.micros()), reason, nowMicros);
    head = newest;
    moved = true;
    return true;
  }

  /// Holes that the store does not know as they are now.
  List<FeedGap> changedGaps() {
    List<FeedGap> changed = new ArrayList<>(retired);
    changed.addAll(gaps.changed());
    return changed;
  }

  /// Whether the ids of this trade begin again, at a venue that was reset: it is newer than the
  /// newest one, and its id is far below.
  boolean beginsAgain(Tick trade) {
    TradeMark newest = head;
    return newest != null
        && trade.seq() + PAGE < newest.id()
        && trade.srcMicros() > newest.micros();
  }

  /// The ids begin again: what was missing of the old ones is the old epoch's.
  void beginAgain(long nowMicros) {
    for (FeedGap gap : List.copyOf(gaps.open())) {
      gaps.close(gap.first(), gap.last(), GapState.GONE, "venue-reset", nowMicros);
    }
    retired.addAll(gaps.changed());
    epoch++;
    ids = new IdSet();
    publishedBelow = new IdSet();
    head = null;
    gaps = new SeriesGaps(List.of());
    ahead.clear();
  }

  /// Whether the trade is to be published: its id was not handed over.
  boolean accept(Tick trade) {
    if (!ids.add(trade.seq())) {
      return false;
    }
    moved = true;
    TradeMark newest = head;
    if (newest == null || trade.seq() > newest.id()) {
      ahead.put(trade.seq(), trade.srcMicros());
    } else {
      publishedBelow.add(trade.seq());
      gaps.filled(List.of(trade), trade.ingestMicros());
    }
    return true;
  }

  /// Trades from the venue's history are published; those that were handed over before do nothing.
  ///
  /// @param trades ascending by id
  void fill(List<Tick> trades, long nowMicros) {
    trades.forEach(trade -> {
      ids.add(trade.seq());
      publishedBelow.add(trade.seq());
    });
    gaps.filled(trades, nowMicros);
    moved = true;
  }

  /// A hole is to be asked for again as if it had just been found. Of one that was given up only
  /// what is not published is open again: it may have come since.
  ///
  /// @param stored the trades of the hole that the tick table has
  void askAgain(AskedGap asked, List<TradeRun> stored, long nowMicros) {
    FeedGap gap = asked.gap();
    if (asked.was().isOpen()) {
      gaps.askAgain(gap.ids());
      return;
    }
    if (gaps.isOpen(gap.ids())) { // it was found again as a part of another one
      gaps.askAgain(gap.ids());
      gaps.closed(gap.closed(asked.was(), gap.reason(), nowMicros));
      return;
    }
    IdSet published = new IdSet();
    stored.forEach(run -> published.add(run.ids()));
    publishedBelow.common(gap.ids()).forEach(published::add);
    ids.remove(gap.ids());
    for (IdRange each : published.common(gap.ids())) {
      ids.add(each);
      gaps.closed(part(gap, each).closed(GapState.FILLED, gap.reason(), nowMicros));
    }
    published.missing(gap.ids()).forEach(each -> gaps.found(part(gap, each)));
    moved = true;
  }

  private static FeedGap part(FeedGap gap, IdRange some) {
    return gap.part(
        some,
        new TradeMark(some.first() - 1, gap.below().micros()),
        new TradeMark(some.last() + 1, gap.above().micros()));
  }

  /// A live trade was refused here, and is a dead letter.
  void refusedLive(long id, long nowMicros) {
    TradeMark newest = head;
    if (newest != null && id <= newest.id()) {
      refused(id, newest.micros(), nowMicros);
    } else if (ids.add(id)) {
      ahead.put(id, nowMicros);
      gaps.closed(
          FeedGap.found(
                  symbol,
                  epoch,
                  new TradeMark(id - 1, nowMicros),
                  new TradeMark(id + 1, nowMicros),
                  "refused",
                  nowMicros)
              .closed(GapState.DEAD_LETTERED, "refused", nowMicros));
      moved = true;
    }
  }

  /// This trade of a hole was refused here, and is a dead letter.
  void refused(long id, long micros, long nowMicros) {
    TradeMark place = new TradeMark(id, micros);
    if (ids.add(id)) {
      gaps.close(place, place, GapState.DEAD_LETTERED, "", nowMicros);
      moved = true;
    }
  }

  /// The next trades may pass over ids for this reason.
  void mayMiss(String why) {
    reason = why;
  }

  /// After a read of the feed: the ids that were passed over are holes. Within one read their order
  /// is of no meaning.
  ///
  /// @param reason why they may be missing
  List<FeedGap> findHoles(long nowMicros) {
    List<FeedGap> found = new ArrayList<>();
    boolean trades = !ahead.isEmpty();
    TradeMark below = head;
    while (!ahead.isEmpty()) {
      var next = ahead.pollFirstEntry();
      TradeMark trade = new TradeMark(next.getKey(), next.getValue());
      if (below != null && trade.id() > below.id() + 1) {
        found.addAll(missing(below, trade, reason, nowMicros));
      }
      below = trade;
    }
    head = below;
    if (trades) {
      reason = SKIPPED;
    }
    return found;
  }

  /// Notes the ids between these trades that were not handed over; some of them may have been.
  private List<FeedGap> missing(TradeMark below, TradeMark above, String reason, long nowMicros) {
    List<FeedGap> found = new ArrayList<>();
    for (IdRange each : ids.missing(new IdRange(below.id() + 1, above.id() - 1))) {
      FeedGap gap =
          FeedGap.found(
              symbol,
              epoch,
              new TradeMark(each.first() - 1, below.micros()),
              new TradeMark(each.last() + 1, above.micros()),
              reason,
              nowMicros);
      gaps.found(gap);
      found.add(gap);
    }
    return found;
  }

  /// These trades are known to be published, at a start.
  ///
  /// @param published ascending
  void alsoPublished(List<TradeRun> published, long nowMicros) {
    for (TradeRun run : published) {
      ids.add(run.ids());
      TradeMark newest = head;
      if (newest == null || run.last().id() > newest.id()) {
        ahead.put(run.first().id(), run.first().micros());
        ahead.put(run.last().id(), run.last().micros());
      }
      gaps.close(run.first(), run.last(), GapState.FILLED, "", nowMicros);
      moved = true;
    }
  }

  /// Of the ids up to the head only these are published: the others are holes.
  ///
  /// @param published ascending
  void onlyPublished(List<TradeRun> published, String reason, long nowMicros) {
    if (!ids.isEmpty()) {
      onlyPublishedFrom(ids.ranges().getFirst().first(), published, reason, nowMicros);
    }
  }

  /// The same of the ids from this one on; those below it are as they were.
  ///
  /// @param published ascending
  void onlyPublishedFrom(long from, List<TradeRun> published, String reason, long nowMicros) {
    TradeMark newest = head;
    if (newest == null) {
      return;
    }
    IdSet before = ids;
    ids = new IdSet();
    for (IdRange each : before.ranges()) {
      if (each.first() < from) {
        ids.add(new IdRange(each.first(), Math.min(each.last(), from - 1)));
      }
    }
    TradeMark above = new TradeMark(newest.id() + 1, newest.micros());
    TradeMark below = new TradeMark(from - 1, 0);
    for (TradeRun run : published) {
      if (run.first().id() < above.id()) {
        lost(below, run.first(), reason, nowMicros);
        below = run.last().id() > below.id() ? run.last() : below;
      }
    }
    lost(below, above, reason, nowMicros);
    alsoPublished(published, nowMicros);
    moved = true;
  }

  private void lost(TradeMark below, TradeMark above, String reason, long nowMicros) {
    if (above.id() <= below.id() + 1) {
      return;
    }
    IdSet known = new IdSet();
    gaps.open().forEach(gap -> known.add(gap.ids()));
    for (IdRange each : known.missing(new IdRange(below.id() + 1, above.id() - 1))) {
      gaps.found(
          FeedGap.found(
              symbol,
              epoch,
              new TradeMark(each.first() - 1, below.micros()),
              new TradeMark(each.last() + 1, above.micros()),
              reason,
              nowMicros));
    }
  }

  /// Where it is, if that changed since the last commit. A series that lost everything stays noted
  /// as it was, with its hole beside it.
  Optional<FeedCursor> movedTo() {
    TradeMark newest = head;
    if (!moved || newest == null || ids.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FeedCursor(
            symbol, epoch, ids.ranges().getFirst().first(), ids.contiguousThrough(), newest));
  }

  void committed() {
    moved = false;
    retired.clear();
    gaps.committed();
  }

  /// Whether the trade was handed over.
  boolean has(long id) {
    return ids.contains(id);
  }
}
