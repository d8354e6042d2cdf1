package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.feed.TradeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A provider's shard that this process publishes, from the claim to the loss: its series, the
/// lease, and what is noted of both. One thread.
final class OwnedShard {
  private final FeedKey key;
  private final FeedStore store;
  private final ShardSubscription log;
  private final Duration length;
  private final SortedMap<Symbol, Series> series = new TreeMap<>();
  private final SortedMap<Symbol, SymbolTimes> times = new TreeMap<>();
  private final Outgoing outgoing = new Outgoing();
  private final ShardRecovery recovery;
  private FeedLease lease;
  private Position noted;
  private Optional<LogAnchor> anchor;

  /// The life of the log's server in which everything since the last note was published.
  private String incarnation = "";

  private boolean isSent;

  /// How far the shard's ticks were stored at the last look.
  private Optional<Position> storedThrough = Optional.empty();

  /// When the lease was asked for that is held now: it lives at least so long after.
  private Instant asked;

  /// @param symbols those of the shard that are wanted
  OwnedShard(
      FeedClaim.Claimed claimed,
      FeedStore store,
      StoredIds stored,
      ShardSubscription log,
      List<Symbol> symbols,
      Duration length,
      Instant asked) {
    this.key = claimed.lease().key();
    this.store = store;
    this.log = log;
    this.length = length;
    this.recovery = new ShardRecovery(key, log, stored);
    this.lease = claimed.lease();
    this.noted = claimed.position();
    this.anchor = claimed.anchor();
    this.asked = asked;
    for (SeriesState each : claimed.series()) {
      series.put(each.cursor().symbol(), new Series(each));
    }
    for (Symbol symbol : symbols) {
      series.computeIfAbsent(symbol, Series::new);
      times.put(symbol, new SymbolTimes(symbol, Micros.of(asked)));
    }
  }

  /// Whether what was published last may still be on its way to the table, though the log has it no
  /// more: then it is too early to [#recover].
  boolean isTooEarly() {
    return recovery.isTooEarly();
  }

  /// Finds out what was published and not noted, and what of the noted was lost.
  void recover(long nowMicros) {
    incarnation = log.incarnation(); // before anything is read: a later cut shows
    storedThrough = recovery.storedThrough();
    Position end = log.bounds().lastEver();
    Optional<LogAnchor> anchorThere = log.anchor(end);
    recovery.recover(series, noted, anchor, nowMicros);
    series
        .values()
        .forEach(each -> {
          each.mayMiss("unacknowledged");
          each.findHoles(nowMicros);
          each.mayMiss(Series.DISCONNECTED);
        });
    series
        .values()
        .forEach(each -> each.head().ifPresent(head -> outgoing.sentUpTo(head.micros())));
    noted = end; // from here on it is this log, at least as far as this
    anchor = anchorThere;
  }

  FeedKey key() {
    return key;
  }

  Collection<Series> series() {
    return series.values();
  }

  @Nullable Series series(Symbol symbol) {
    return series.get(symbol);
  }

  @Nullable SymbolTimes times(Symbol symbol) {
    return times.get(symbol);
  }

  Collection<SymbolTimes> times() {
    return times.values();
  }

  Outgoing outgoing() {
    return outgoing;
  }

  /// Something was published that is not noted yet.
  void sent() {
    isSent = true;
  }

  /// The first entry of a log that was empty is what it is known by from then on, before anything
  /// else is published.
  ///
  /// @return whether it is there
  boolean anchorFirst() {
    if (!isSent || anchor.isPresent()) {
      return true;
    }
    Position end = log.bounds().lastEver();
    if (!end.isAfter(noted)) {
      return false;
    }
    anchor = log.anchor(end);
    noted = end;
    isSent = false;
    return true;
  }

  /// Extends the lease without a note.
  void renew(Instant now) {
    lease = store.renew(lease, length);
    asked = now;
  }

  /// Whether the lease certainly lives: a successor waits as long before it begins.
  boolean mayPublish(Instant now) {
    return now.isBefore(asked.plus(length.multipliedBy(2).dividedBy(3)));
  }

  /// Notes what is published; all of it is acknowledged. Throws
  /// [dev.mdp.core.error.FencedException] when another process has the shard.
  ///
  /// @return whether it did; not when the log may lack something of it
  boolean commit(TradeIds ids, Instant now) {
    Optional<Position> storedNow = recovery.storedThrough();
    LogBounds bounds = log.bounds();
    Position end = bounds.lastEver();
    Optional<LogAnchor> anchorThere = log.anchor(end);
    // Only now: had the log been exchanged before, its end would not be that of what we published.
    if (recovery.compare(noted, anchor) != KnownTrades.Log.WHOLE
        || !ShardRecovery.isStored(bounds, storedThrough)
        || !log.incarnation().equals(incarnation)
        || isSent && !end.isAfter(noted)) {
      return false;
    }
    List<FeedCursor> cursors = new ArrayList<>();
    List<FeedGap> gaps = new ArrayList<>();
    for (Series each : series.values()) {
      each.movedTo().ifPresent(cursors::add);
      gaps.addAll(each.changedGaps());
    }
    List<FeedInterval> intervals = new ArrayList<>();
    times.values().forEach(each -> intervals.addAll(each.until(Micros.of(now))));
    lease =
        store.commit(
            lease, length, new FeedCommit(ids, end, anchorThere, cursors, gaps, intervals));
    asked = now;
    noted = end;
    anchor = anchorThere;
    series.values().forEach(Series::committed);
    times.values().forEach(SymbolTimes::committed);
    isSent = false;
    storedThrough = storedNow;
    return true;
  }

  /// The holes of the shard that operators want to have asked for again, once.
  List<AskedGap> takeAsked(AskedGaps asked) {
    return asked.take(lease);
  }

  void release() {
    store.release(lease);
  }

  void close() {
    log.close();
  }
}
