package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.List;

/// What a worker asks for when it wants to own a shard.
///
/// @param owner unique per process: host, pid and a random part
/// @param shards how many shards the topic has; refused when the checkpoint was made with another
///   number
/// @param intervals what the worker builds; stored, told to tools
/// @param takeOver whether the shard is taken although another's lease lives: the bus has assigned
///   it, and the epoch keeps the former owner from writing
public record ClaimRequest(
    CheckpointKey key,
    String owner,
    int shards,
    List<Interval> intervals,
    Duration lease,
    long runId,
    boolean takeOver) {
  /// For a shard that nobody holds.
  public ClaimRequest(
      CheckpointKey key,
      String owner,
      int shards,
      List<Interval> intervals,
      Duration lease,
      long runId) {
    this(key, owner, shards, intervals, lease, runId, false);
  }

  public ClaimRequest {
    intervals = List.copyOf(intervals);
  }
}
