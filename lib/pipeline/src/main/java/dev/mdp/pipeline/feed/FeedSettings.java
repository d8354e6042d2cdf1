package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Symbol;
import java.time.Duration;
import java.util.List;

/// What one feed's worker is to do.
///
/// @param owner unique per process
/// @param run the job run, by which fill lanes are named
/// @param lease how long a provider's shard stays ours without a sign of life
/// @param batchSize the most trades of one read of the feed
/// @param maxFuture how far the venue's clock may be ahead of ours: trades further ahead are
///   refused by those who read the bus
/// @param limit after how many live trades it ends by itself; [Long#MAX_VALUE] for never
public record FeedSettings(
    String topic,
    String owner,
    long run,
    List<Symbol> symbols,
    Duration lease,
    int batchSize,
    Duration maxFuture,
    long limit) {
  public FeedSettings {
    symbols = symbols.stream().sorted().distinct().toList();
  }
}
