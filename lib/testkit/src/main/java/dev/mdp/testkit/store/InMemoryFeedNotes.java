package dev.mdp.testkit.store;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Cursors, holes and states of [InMemoryFeedStore]. One thread at a time.
final class InMemoryFeedNotes {
  record Series(String provider, Symbol symbol) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byProvider = provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : symbol.compareTo(other.symbol);
    }
  }

  private record Epoch(Symbol symbol, int number) {}

  private record GapKey(Series series, int epoch, long first) {}

  record Noted(FeedCursor cursor, Instant at) {}

  private final Map<String, TradeIds> ids = new HashMap<>();
  private final SortedMap<Series, SortedMap<Integer, Noted>> cursors = new TreeMap<>();
  private final Map<GapKey, FeedReader.Gap> gaps = new LinkedHashMap<>();
  private final SortedMap<Series, SortedMap<Long, FeedInterval>> intervals = new TreeMap<>();

  /// The numbers of the holes that are marked.
  private final SortedSet<Long> asked = new TreeSet<>();

  InMemoryFeedNotes copy() {
    InMemoryFeedNotes copy = new InMemoryFeedNotes();
    copy.ids.putAll(ids);
    cursors.forEach((series, epochs) -> copy.cursors.put(series, new TreeMap<>(epochs)));
    copy.gaps.putAll(gaps);
    copy.asked.addAll(asked);
    intervals.forEach((series, times) -> copy.intervals.put(series, new TreeMap<>(times)));
    return copy;
  }

  /// Every series by its epochs.
  SortedMap<Series, SortedMap<Integer, Noted>> cursors() {
    return cursors;
  }

  /// Every hole, in the order in which they were found.
  Collection<FeedReader.Gap> gaps() {
    return gaps.values();
  }

  /// What the ids of a provider that has a cursor mean.
  TradeIds ids(String provider) {
    return Objects.requireNonNull(ids.get(provider));
  }

  void write(String provider, FeedCommit commit, Instant now) {
    TradeIds known = ids.getOrDefault(provider, commit.ids());
    if (known != commit.ids()) {
      throw new ConfigException(
          "provider %s was noted with %s ids and now has %s ones"
              .formatted(provider, known.word(), commit.ids().word()));
    }
    FeedConstraints.require(commit);
    for (FeedCursor cursor : lastOfEach(commit.cursors())) {
      ids.put(provider, commit.ids());
      cursors
          .computeIfAbsent(new Series(provider, cursor.symbol()), _ -> new TreeMap<>())
          .merge(
              cursor.epoch(),
              new Noted(cursor, now),
              (before, next) -> new Noted(merged(before.cursor, next.cursor), now));
    }
    for (FeedGap gap : commit.gaps()) {
      Series series = new Series(provider, gap.symbol());
      GapKey key = new GapKey(series, gap.epoch(), gap.ids().first());
      FeedReader.Gap before = gaps.get(key);
      long number = before == null ? gaps.size() + 1 : before.id();
      gaps.put(key, new FeedReader.Gap(number, provider, gap));
    }
    for (FeedInterval interval : commit.intervals()) {
      intervals
          .computeIfAbsent(new Series(provider, interval.symbol()), _ -> new TreeMap<>())
          .put(interval.fromMicros(), interval);
    }
  }

  private static Collection<FeedCursor> lastOfEach(List<FeedCursor> cursors) {
    Map<Epoch, FeedCursor> last = new LinkedHashMap<>();
    cursors.forEach(cursor -> last.put(new Epoch(cursor.symbol(), cursor.epoch()), cursor));
    return last.values();
  }

  /// Within an epoch the head only rises.
  private static FeedCursor merged(FeedCursor before, FeedCursor next) {
    TradeMark head = next.head().id() > before.head().id() ? next.head() : before.head();
    return new FeedCursor(
        next.symbol(),
        next.epoch(),
        Math.min(before.firstId(), next.firstId()),
        next.contiguousThrough(),
        head);
  }

  List<SeriesState> series(FeedKey key) {
    List<SeriesState> all = new ArrayList<>();
    cursors.forEach((series, epochs) -> {
      Symbol symbol = series.symbol;
      if (series.provider.equals(key.provider())
          && Shards.of(key.provider(), symbol.value(), key.shards()) == key.shard()) {
        FeedCursor newest = epochs.lastEntry().getValue().cursor;
        List<FeedGap> open =
            openGaps(series)
                .filter(gap -> gap.epoch() == newest.epoch())
                .sorted(Comparator.comparingLong(gap -> gap.ids().first()))
                .toList();
        all.add(new SeriesState(newest, open));
      }
    });
    return all;
  }

  void ask(Collection<Long> numbers) {
    for (FeedReader.Gap gap : gaps.values()) {
      if (numbers.contains(gap.id()) && gap.gap().state().mayBeAskedAgain()) {
        asked.add(gap.id());
      }
    }
  }

  boolean isAsked(FeedReader.Gap gap) {
    return asked.contains(gap.id());
  }

  List<AskedGap> takeAsked(FeedKey key) {
    List<AskedGap> taken = new ArrayList<>();
    gaps.replaceAll((of, noted) -> {
      Symbol symbol = of.series.symbol;
      boolean isOf =
          noted.provider().equals(key.provider())
              && Shards.of(key.provider(), symbol.value(), key.shards()) == key.shard();
      if (!isOf || !asked.remove(noted.id())) {
        return noted;
      }
      FeedGap gap = noted.gap();
      SortedMap<Integer, Noted> epochs = cursors.get(of.series);
      boolean isNewest = epochs != null && epochs.lastKey() == gap.epoch();
      if (!isNewest || !gap.state().mayBeAskedAgain()) {
        return noted;
      }
      taken.add(new AskedGap(gap.again(), gap.state()));
      return new FeedReader.Gap(noted.id(), noted.provider(), gap.again());
    });
    return taken;
  }

  Stream<FeedGap> openGaps(Series series) {
    return gaps.entrySet().stream()
        .filter(each -> each.getKey().series.equals(series))
        .map(each -> each.getValue().gap())
        .filter(gap -> gap.state().isOpen());
  }

  List<FeedInterval> intervals(String provider) {
    List<FeedInterval> all = new ArrayList<>();
    intervals.forEach((series, byTime) -> {
      if (series.provider.equals(provider)) {
        all.addAll(byTime.values());
      }
    });
    return all;
  }
}
