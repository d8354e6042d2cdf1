package dev.mdp.pipeline.feed;

import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.metrics.FeedMetrics;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/// What a feed's worker has done, for its last line and its metrics. Counted by one thread, read by
/// any.
public final class FeedTally {
  private final String provider;
  private final FeedMetrics metrics;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong filled = new AtomicLong();
  private final AtomicLong known = new AtomicLong();
  private final AtomicLong unusable = new AtomicLong();
  private final AtomicLong disconnects = new AtomicLong();
  private final AtomicLong gapsFound = new AtomicLong();
  private volatile long openGaps;
  private volatile long openIds;

  FeedTally(String provider, FeedMetrics metrics) {
    this.provider = provider;
    this.metrics = metrics;
  }

  /// Live trades that the bus acknowledged.
  public long published() {
    return published.get();
  }

  /// Trades from the venue's history that the bus acknowledged.
  public long filled() {
    return filled.get();
  }

  /// Trades that came again and were not published again.
  public long known() {
    return known.get();
  }

  /// Trades that were refused here, and became dead letters.
  public long unusable() {
    return unusable.get();
  }

  public long disconnects() {
    return disconnects.get();
  }

  public long gapsFound() {
    return gapsFound.get();
  }

  /// Holes that were open at the last commit.
  public long openGaps() {
    return openGaps;
  }

  /// How many ids the open holes had at the last commit.
  public long openIds() {
    return openIds;
  }

  void published(long trades) {
    published.addAndGet(trades);
  }

  void filled(long trades) {
    filled.addAndGet(trades);
    metrics.filled(provider, trades);
  }

  void known(long trades) {
    known.addAndGet(trades);
    metrics.known(provider, trades);
  }

  void unusable(long trades) {
    unusable.addAndGet(trades);
  }

  void found(long gaps) {
    gapsFound.addAndGet(gaps);
  }

  /// A symbol, or the whole subscription, that the venue refuses.
  void refused() {
    metrics.refused(provider);
  }

  void open(Collection<OwnedShard> shards) {
    long gaps = 0;
    long ids = 0;
    for (OwnedShard shard : shards) {
      for (Series series : shard.series()) {
        for (FeedGap gap : series.gaps().open()) {
          gaps++;
          ids += gap.ids().size();
        }
      }
    }
    openGaps = gaps;
    openIds = ids;
    metrics.open(provider, gaps, ids);
  }

  void notice(FeedNotice notice) {
    switch (notice) {
      case FeedNotice.Disconnected gone -> {
        disconnects.incrementAndGet();
        metrics.disconnected(provider, gone.cause().word());
      }
      case FeedNotice.Refused _ -> refused();
      case FeedNotice.Unreadable _ -> metrics.unreadable(provider);
      case FeedNotice.ClockOffset offset -> metrics.clockOffset(provider, offset.ahead());
      default -> {}
    }
  }
}
