package dev.mdp.ops.feed;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A series as it is now, with the shard that it is in; or a shard without a series, or a series
/// whose shard is not known any more.
public record FeedRow(Optional<FeedStatus.Shard> shard, Optional<FeedStatus.Series> series) {

  /// By provider, shard and symbol; series without a shard come last.
  ///
  /// @param wantsShards whether shards without a series are wanted, too
  public static List<FeedRow> of(FeedStatus.Now now, boolean wantsShards) {
    List<FeedRow> rows = new ArrayList<>();
    Set<FeedStatus.Series> placed = new HashSet<>();
    for (FeedStatus.Shard shard : now.shards()) {
      List<FeedStatus.Series> in =
          now.series().stream().filter(series -> isIn(shard, series)).toList();
      in.forEach(series -> rows.add(new FeedRow(Optional.of(shard), Optional.of(series))));
      placed.addAll(in);
      if (in.isEmpty() && wantsShards) {
        rows.add(new FeedRow(Optional.of(shard), Optional.empty()));
      }
    }
    now.series().stream()
        .filter(series -> !placed.contains(series))
        .forEach(series -> rows.add(new FeedRow(Optional.empty(), Optional.of(series))));
    return rows;
  }

  private static boolean isIn(FeedStatus.Shard shard, FeedStatus.Series series) {
    return shard.provider().equals(series.provider())
        && shard.shard() == Shards.of(series.provider(), series.symbol().value(), shard.shards());
  }

  public String provider() {
    return shard
        .map(FeedStatus.Shard::provider)
        .or(() -> series.map(FeedStatus.Series::provider))
        .orElseThrow();
  }

  /// The process that publishes it, if one does.
  public Optional<String> owner() {
    return shard.flatMap(FeedStatus.Shard::owner);
  }

  /// What the series is now: without a process that publishes it, it is down, whatever was noted
  /// last.
  public Optional<FeedInterval.State> state() {
    return noted()
        .map(interval -> owner().isPresent() ? interval.state() : FeedInterval.State.DOWN);
  }

  /// Since when it is that, as far as it is noted.
  public Optional<Instant> since() {
    return noted()
        .map(interval ->
            owner().isPresent() || interval.state() == FeedInterval.State.DOWN
                ? interval.fromMicros()
                : interval.toMicros())
        .map(Micros::instant);
  }

  private Optional<FeedInterval> noted() {
    return series.flatMap(FeedStatus.Series::noted);
  }
}
