package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.LogAnchor;
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
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A provider's shard that this process publishes, from the claim to the loss: its series, the
/// lease, and what is noted of both. One thread.
final class OwnedShard {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedShard.class);

  private static final String BUS_LOST = "bus-lost";

  /// No trade is longer on its way to the table, but where no one stores.
  private static final long UNSTORED_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  private final FeedKey key;
  private final FeedStore store;
  private final ShardSubscription log;
  private final Duration length;
  private final SortedMap<Symbol, Series> series = new TreeMap<>();
  private final SortedMap<Symbol, SymbolTimes> times = new TreeMap<>();
  private final Outgoing outgoing = new Outgoing();
  private final KnownTrades known;
  private FeedLease lease;
  private Position noted;
  private Optional<LogAnchor> anchor;

  /// The life of the log's server in which everything since the last note was published.
  private String incarnation = "";

  private boolean isSent;

  /// When the lease was asked for that is held now: it lives at least so long after.
  private Instant asked;

  /// @param symbols those of the shard that are wanted
  OwnedShard(
      FeedClaim.Claimed claimed,
      FeedStore store,
      ShardSubscription log,
      List<Symbol> symbols,
      Duration length,
      Instant asked) {
    this.key = claimed.lease().key();
    this.store = store;
    this.log = log;
    this.length = length;
    this.known = new KnownTrades(key.provider(), log);
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
  boolean isTooEarly(StoredIds stored) {
    return stored
        .storedThrough(key.topic(), key.shard())
        .map(through -> known.isTrimmedUnstored(noted, anchor, through))
        .orElse(false);
  }

  /// Finds out what was published and not noted, and what of the noted was lost.
  void recover(StoredIds stored, long nowMicros) {
    incarnation = log.incarnation(); // before anything is read: a later cut shows
    KnownTrades.Log found = known.compare(noted, anchor);
    if (found == KnownTrades.Log.OTHER) {
      LOG.warn(
          "{}: the log is another one than that which was written until {}, or was cut; what neither"
              + " it nor tick_data has is asked for again",
          key,
          noted);
      loseWhatIsNotIn(stored, nowMicros);
    } else if (found == KnownTrades.Log.TRIMMED) {
      takeStored(stored, nowMicros);
    }
    known.read(
        found == KnownTrades.Log.OTHER ? Position.START : noted,
        tick -> {
          Series of = series.get(tick.symbol());
          if (of != null) {
            of.published(tick);
          }
        });
    series.values().forEach(each -> {
      each.mayMiss("unacknowledged");
      each.findHoles(nowMicros);
      each.mayMiss(Series.DISCONNECTED);
    });
    if (found != KnownTrades.Log.WHOLE) {
      noted = log.bounds().lastEver(); // from here on it is this log
      anchor = log.anchor(noted);
    }
  }

  private void loseWhatIsNotIn(StoredIds stored, long nowMicros) {
    for (Series each : series.values()) {
      each.head()
          .ifPresent(head ->
              each.onlyPublished(
                  stored.stored(key.provider(), each.symbol(), new IdRange(0, head.id()), 0),
                  BUS_LOST,
                  nowMicros));
    }
  }

  /// Entries after the noted place were trimmed. Those that every group had consumed are in the
  /// table; of the newest ones it is looked whether they are.
  private void takeStored(StoredIds stored, long nowMicros) {
    for (Series each : series.values()) {
      each.head()
          .ifPresent(head -> {
            List<TradeRun> newest =
                stored.stored(
                    key.provider(),
                    each.symbol(),
                    new IdRange(0, head.id()),
                    head.micros() - UNSTORED_MICROS);
            if (!newest.isEmpty()) {
              each.onlyPublishedSince(newest, BUS_LOST, nowMicros);
            }
            stored
                .stored(
                    key.provider(),
                    each.symbol(),
                    new IdRange(head.id() + 1, Long.MAX_VALUE),
                    head.micros())
                .forEach(each::publishedRun);
          });
    }
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

  /// Whether nothing in the log tells it from another one, until something of it is noted.
  boolean isUnanchored() {
    return isSent && anchor.isEmpty();
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
    Position end = log.bounds().lastEver();
    Optional<LogAnchor> anchorThere = log.anchor(end);
    // Only now: had the log been exchanged before, its end would not be that of what we published.
    if (known.compare(noted, anchor) != KnownTrades.Log.WHOLE
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
