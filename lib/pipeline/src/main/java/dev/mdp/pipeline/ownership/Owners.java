package dev.mdp.pipeline.ownership;

import dev.mdp.core.store.ClaimResult;

/// What a claimed shard is turned into. One thread.
///
/// @param <O> the owner
public interface Owners<O extends Owner> {
  /// Takes up what the checkpoint says.
  O begin(ClaimResult.Claimed claimed);

  /// This owner is over; what it had not committed is void.
  ///
  /// @param drained whether it committed everything that was due
  void ended(O owner, boolean drained);

  /// Nothing comes any more.
  void close();
}
