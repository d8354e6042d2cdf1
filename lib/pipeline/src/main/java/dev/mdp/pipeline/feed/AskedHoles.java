package dev.mdp.pipeline.feed;

import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import dev.mdp.core.feed.StoredIds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The holes of the owned shards that operators want to have asked for again: they come first. One
/// thread.
final class AskedHoles {
  private static final Logger LOG = LoggerFactory.getLogger(AskedHoles.class);

  /// A venue's times are not quite in the order of its ids.
  private static final long UNSURE_MICROS = 1_000_000;

  private final String provider;
  private final AskedGaps gaps;
  private final StoredIds stored;
  private final InstantSource clock;
  private final Map<Epoch, IdSet> asked = new HashMap<>();

  private record Epoch(Symbol symbol, int number) {
    static Epoch of(FeedGap gap) {
      return new Epoch(gap.symbol(), gap.epoch());
    }
  }

  AskedHoles(String provider, AskedGaps gaps, StoredIds stored, InstantSource clock) {
    this.provider = provider;
    this.gaps = gaps;
    this.stored = stored;
    this.clock = clock;
  }

  /// Takes up what is marked; a shard that is lost by now is left to its next owner.
  ///
  /// @param forget is given each hole that may be asked for at once, whatever came of it before
  void take(FeedShards shards, Consumer<FeedGap> forget) {
    keepOpen(shards);
    for (OwnedShard shard : shards.owned()) {
      try {
        shard.takeAsked(gaps).forEach(each -> open(shard, each, forget));
      } catch (FencedException e) {
        LOG.debug("{}: nothing is taken up", shard.key(), e);
      }
    }
  }

  private void open(OwnedShard shard, AskedGap each, Consumer<FeedGap> forget) {
    FeedGap gap = each.gap();
    Series series = shard.series(gap.symbol());
    if (series == null || series.epoch() != gap.epoch()) {
      return; // the venue's ids have just begun again
    }
    long from = Math.max(0, gap.below().micros() - UNSURE_MICROS);
    series.askAgain(
        each,
        each.was().isOpen() ? List.of() : stored.stored(provider, gap.symbol(), gap.ids(), from),
        Micros.of(clock.instant()));
    asked.computeIfAbsent(Epoch.of(gap), _ -> new IdSet()).add(gap.ids());
    series.gaps().open().stream().filter(this::has).forEach(forget);
    LOG.info("{} {}: asking again for {}", provider, gap.symbol(), gap.ids());
  }

  /// Whether it, or a part of it, was asked for.
  boolean has(FeedGap gap) {
    IdSet ids = asked.get(Epoch.of(gap));
    return ids != null && !ids.common(gap.ids()).isEmpty();
  }

  /// The same holes, those that were asked for at the beginning.
  List<FeedGap> first(List<FeedGap> open) {
    if (asked.isEmpty()) {
      return open;
    }
    List<FeedGap> ordered = new ArrayList<>(open.stream().filter(this::has).toList());
    open.stream().filter(gap -> !has(gap)).forEach(ordered::add);
    return ordered;
  }

  /// What is open of them.
  List<FeedGap> open(FeedShards shards) {
    List<FeedGap> open = new ArrayList<>();
    if (!asked.isEmpty()) {
      for (OwnedShard shard : shards.owned()) {
        shard.series().stream()
            .map(series -> series.gaps().open())
            .flatMap(Collection::stream)
            .filter(this::has)
            .forEach(open::add);
      }
    }
    return open;
  }

  /// Forgets what is closed or not ours any more.
  private void keepOpen(FeedShards shards) {
    Map<Epoch, IdSet> still = new HashMap<>();
    for (FeedGap gap : open(shards)) {
      IdSet ids = still.computeIfAbsent(Epoch.of(gap), _ -> new IdSet());
      for (IdRange each : asked.getOrDefault(Epoch.of(gap), new IdSet()).common(gap.ids())) {
        ids.add(each);
      }
    }
    asked.clear();
    asked.putAll(still);
  }
}
