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
public record ClaimRequest(
    CheckpointKey key,
    String owner,
    int shards,
    List<Interval> intervals,
    Duration lease,
    long runId) {
  public ClaimRequest {
    intervals = List.copyOf(intervals);
  }
}
