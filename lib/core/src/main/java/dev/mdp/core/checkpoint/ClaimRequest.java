package dev.mdp.core.checkpoint;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a worker asks for when it wants to own a shard.
///
/// @param owner unique per process: host, pid and a random part
/// @param shards how many shards the topic has; refused when the checkpoint was made with another
///   number
/// @param intervals what the worker builds; stored, told to tools
/// @param takeOver whether the shard is taken although another's lease lives: the bus has assigned
///   it, and the epoch keeps the former owner from writing
/// @param dropsIntervals whether intervals may end with it that the last owner built
public record ClaimRequest(
    CheckpointKey key,
    String owner,
    int shards,
    List<Interval> intervals,
    Duration lease,
    long runId,
    boolean takeOver,
    boolean dropsIntervals) {
  /// For a shard that no one holds.
  public ClaimRequest(
      CheckpointKey key,
      String owner,
      int shards,
      List<Interval> intervals,
      Duration lease,
      long runId) {
    this(key, owner, shards, intervals, lease, runId, false, false);
  }

  public ClaimRequest {
    intervals = List.copyOf(intervals);
  }

  /// Which of the intervals that were built until now this worker does not build.
  public List<Interval> dropped(List<Interval> built) {
    return built.stream().filter(interval -> !intervals.contains(interval)).toList();
  }

  /// Throws [ConfigException] when bars would end that no one said should.
  ///
  /// @param built by the last owner that committed
  public void requireNoneDropped(List<Interval> built) {
    List<Interval> dropped = dropped(built);
    if (!dropsIntervals && !dropped.isEmpty()) {
      List<Interval> all =
          Stream.concat(built.stream(), intervals.stream()).distinct().sorted().toList();
      throw new ConfigException(
          "%s: the group builds bars of %s, this worker is to build %s: with it those of %s would end, so it did not take the shard. Build them too (micro_batch.windows: [%s], or --window %s), or start it with --drop-intervals to end them"
              .formatted(
                  key,
                  listed(built, ", "),
                  listed(intervals, ", "),
                  listed(dropped, ", "),
                  listed(all, ", "),
                  listed(all, ",")));
    }
  }

  private static String listed(List<Interval> intervals, String separator) {
    return intervals.stream().map(Interval::toString).collect(Collectors.joining(separator));
  }
}
