package dev.mdp.pipeline.ownership;

import dev.mdp.core.checkpoint.ClaimResult;

/// What a claimed shard is turned into. One thread.
///
/// @param <T> the task
public interface ShardTaskFactory<T extends ShardTask> {
  /// Takes up what the checkpoint says.
  T begin(ClaimResult.Claimed claimed);

  /// This task is over; what it had not committed is void.
  ///
  /// @param drained whether it committed everything that was due
  void ended(T task, boolean drained);

  /// Nothing comes any more.
  void close();
}
