package dev.mdp.pipeline.microbatch;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.pipeline.ownership.ShardTaskSettings;
import dev.mdp.pipeline.window.WindowSettings;
import java.time.Duration;

/// How one shard is turned into bars.
///
/// @param key whose progress, in which shard
/// @param ticksGroup the consumer group that stores ticks and writes the codec's dead letters where
///   it is registered
/// @param owner unique per process: host, pid and a random part
/// @param shards how many shards the topic has
/// @param maxBatchSize the most entries of one read
/// @param flushTimeout how long a lane must be quiet before its ended windows are emitted, and how
///   long progress may wait for its commit
/// @param lease how long the shard is owned without a sign of life
/// @param retention how long the log keeps what every group has consumed
/// @param acceptDataLoss whether a log that lost entries is no reason to stop
/// @param runId the job run that every commit reports to
/// @param dropsIntervals whether intervals that the group built until now may end
public record MicroBatchSettings(
    CheckpointKey key,
    String ticksGroup,
    String owner,
    int shards,
    WindowSettings windows,
    int maxBatchSize,
    Duration flushTimeout,
    Duration lease,
    Duration retention,
    boolean acceptDataLoss,
    long runId,
    boolean dropsIntervals) {
  /// Which ends no interval that the group builds.
  public MicroBatchSettings(
      CheckpointKey key,
      String ticksGroup,
      String owner,
      int shards,
      WindowSettings windows,
      int maxBatchSize,
      Duration flushTimeout,
      Duration lease,
      Duration retention,
      boolean acceptDataLoss,
      long runId) {
    this(
        key,
        ticksGroup,
        owner,
        shards,
        windows,
        maxBatchSize,
        flushTimeout,
        lease,
        retention,
        acceptDataLoss,
        runId,
        false);
  }

  public MicroBatchSettings {
    if (maxBatchSize <= 0) {
      throw new IllegalArgumentException("max_batch_size must be positive, was " + maxBatchSize);
    }
  }

  ShardTaskSettings ownership() {
    return new ShardTaskSettings(
        key, owner, shards, windows.intervals(), lease, acceptDataLoss, runId, dropsIntervals);
  }
}
