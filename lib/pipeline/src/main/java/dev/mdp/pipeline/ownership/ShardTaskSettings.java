package dev.mdp.pipeline.ownership;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.List;

/// Who owns which shard, as what.
///
/// @param owner unique per process: host, pid and a random part
/// @param shards how many shards the topic has
/// @param intervals what the owner builds
/// @param lease how long the shard is owned without a sign of life
/// @param acceptDataLoss whether a log that lost entries is no reason to stop
/// @param runId the job run that every commit reports to
/// @param dropsIntervals whether intervals of the owner before may end
public record ShardTaskSettings(
    CheckpointKey key,
    String owner,
    int shards,
    List<Interval> intervals,
    Duration lease,
    boolean acceptDataLoss,
    long runId,
    boolean dropsIntervals) {
  /// For an owner that may build what it likes: nothing that is kept depends on it.
  public ShardTaskSettings(
      CheckpointKey key,
      String owner,
      int shards,
      List<Interval> intervals,
      Duration lease,
      boolean acceptDataLoss,
      long runId) {
    this(key, owner, shards, intervals, lease, acceptDataLoss, runId, true);
  }

  public ShardTaskSettings {
    intervals = List.copyOf(intervals);
    if (lease.compareTo(Lease.SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "the lease must be at least " + Lease.SHORTEST + ", was " + lease);
    }
  }

  ClaimRequest claim(boolean takeOver) {
    return new ClaimRequest(key, owner, shards, intervals, lease, runId, takeOver, dropsIntervals);
  }
}
