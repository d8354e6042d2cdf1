package dev.mdp.pipeline.feed;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.StoredIds;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.feed.TradeRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which trades of a provider's shard are published, by its log and by the table of
/// ticks: what was and is not noted, and what was noted and is lost. One thread.
final class ShardRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(ShardRecovery.class);
  private static final String BUS_LOST = "bus-lost";

  /// Of a log whose head was cut off it is looked whether the trades of this time are stored: what
  /// is older was, or the tick workers were further behind.
  private static final long UNSTORED_MICROS = Duration.ofMinutes(10).toNanos() / 1_000;

  /// A series whose newest trade is older may be without stored trades because they were pruned.
  private static final long PRUNED_MICROS = Duration.ofHours(1).toNanos() / 1_000;

  private final FeedKey key;
  private final ShardSubscription log;
  private final KnownTrades known;
  private final StoredIds stored;

  ShardRecovery(FeedKey key, ShardSubscription log, StoredIds stored) {
    this.key = key;
    this.log = log;
    this.known = new KnownTrades(key.provider(), log);
    this.stored = stored;
  }

  /// What the log is to the one that was noted.
  KnownTrades.Log compare(Position noted, Optional<LogAnchor> anchor) {
    return known.compare(noted, anchor);
  }

  /// How far the shard's ticks are stored; empty when no one stores them.
  Optional<Position> storedThrough() {
    return stored.storedThrough(key.topic(), key.shard());
  }

  /// Whether all that was cut off the log's head had been stored.
  ///
  /// @param through how far the ticks were stored at some time before it was cut
  static boolean isStored(LogBounds bounds, Optional<Position> through) {
    return !bounds.headTrimmed()
        || through
            .map(position -> !bounds.first().orElse(bounds.lastEver()).isAfter(position))
            .orElse(true);
  }

  /// Whether entries that were cut off may still be on their way to the table.
  boolean isTooEarly() {
    Optional<Position> through = storedThrough();
    return !isStored(log.bounds(), through);
  }

  /// Tells each series what of it is published, by what the log has now.
  void recover(
      SortedMap<Symbol, Series> series,
      Position noted,
      Optional<LogAnchor> anchor,
      long nowMicros) {
    Optional<Position> through = storedThrough();
    KnownTrades.Log found = known.compare(noted, anchor);
    boolean isWhole = found == KnownTrades.Log.WHOLE && !log.bounds().headTrimmed();
    if (found == KnownTrades.Log.OTHER) {
      LOG.warn(
          "{}: the log is another one than that which was written until {}, or was cut; what neither"
              + " it nor tick_data has is asked for again",
          key,
          noted);
    }
    Map<Symbol, PublishedRuns> published =
        read(series, found == KnownTrades.Log.OTHER ? Position.START : first(noted, through));
    published.forEach((symbol, runs) -> {
      Series of = series.get(symbol);
      TradeMark head = of == null ? null : of.head().orElse(null);
      if (of != null && (head == null || isWhole)) {
        of.alsoPublished(runs.all(), nowMicros);
      } else if (of != null && head != null && found == KnownTrades.Log.OTHER) {
        add(runs, symbol, 0);
        of.onlyPublished(runs.all(), BUS_LOST, nowMicros);
      } else if (of != null && head != null) {
        compareNewest(of, head, runs, through, nowMicros);
      }
    });
  }

  private static Position first(Position noted, Optional<Position> through) {
    return through.filter(noted::isAfter).orElse(noted);
  }

  /// The trades that the log has after this place.
  private Map<Symbol, PublishedRuns> read(SortedMap<Symbol, Series> series, Position after) {
    Map<Symbol, PublishedRuns> published = new TreeMap<>();
    series.keySet().forEach(symbol -> published.put(symbol, new PublishedRuns()));
    known.read(
        after,
        tick -> {
          Series of = series.get(tick.symbol());
          PublishedRuns runs = published.get(tick.symbol());
          if (of != null && runs != null && !of.beginsAgain(tick)) {
            runs.add(tick);
          }
        });
    return published;
  }

  private void add(PublishedRuns runs, Symbol symbol, long fromMicros) {
    stored
        .stored(key.provider(), symbol, new IdRange(0, Long.MAX_VALUE), fromMicros)
        .forEach(runs::add);
  }

  /// A head that was cut off by us was stored before; one that another cut off may not have been.
  private void compareNewest(
      Series series,
      TradeMark head,
      PublishedRuns runs,
      Optional<Position> through,
      long nowMicros) {
    if (through.isPresent()) {
      add(runs, series.symbol(), head.micros() - UNSTORED_MICROS);
    }
    List<TradeRun> all = runs.all();
    if (through.isEmpty() || all.isEmpty() && head.micros() < nowMicros - PRUNED_MICROS) {
      series.alsoPublished(all, nowMicros); // there is nothing to compare with
    } else if (all.isEmpty()) {
      series.onlyPublished(all, BUS_LOST, nowMicros);
    } else {
      series.onlyPublishedFrom(all.getFirst().first().id(), all, BUS_LOST, nowMicros);
    }
  }
}
