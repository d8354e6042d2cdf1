package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Interval;
import dev.mdp.core.ledger.LedgerCounts;
import java.time.Instant;
import java.util.List;

/// The answer to a claim.
public sealed interface ClaimResult {
  /// @param checkpoint [Checkpoint#EMPTY] for a new group
  /// @param fresh whether the group has never committed here
  /// @param intervals what the last owner that committed built; empty for a new group
  /// @param runLedger what is committed of the claiming run's own ledger of this shard;
  ///   [LedgerCounts#NONE] when nothing is
  record Claimed(
      Lease lease,
      Checkpoint checkpoint,
      boolean fresh,
      List<Interval> intervals,
      LedgerCounts runLedger)
      implements ClaimResult {
    public Claimed {
      intervals = List.copyOf(intervals);
    }
  }

  /// Another process's lease lives.
  record Held(String owner, Instant until) implements ClaimResult {}
}
