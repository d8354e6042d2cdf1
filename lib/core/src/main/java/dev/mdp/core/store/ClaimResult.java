package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import java.time.Instant;
import java.util.List;

/// The answer to a claim.
public sealed interface ClaimResult {
  /// @param checkpoint [Checkpoint#EMPTY] for a new group
  /// @param fresh whether the group has never committed here
  /// @param intervals what the last owner built; empty for a new group
  record Claimed(Lease lease, Checkpoint checkpoint, boolean fresh, List<Interval> intervals)
      implements ClaimResult {}

  /// Somebody else's lease lives.
  record Held(String owner, Instant until) implements ClaimResult {}
}
