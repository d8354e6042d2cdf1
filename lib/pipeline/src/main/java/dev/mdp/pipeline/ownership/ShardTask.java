package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.ledger.LedgerCounts;

/// One period of owning one shard, from the claim to the first error or the release. After any
/// exception it is thrown away with everything it holds; the next owner reads the checkpoint and
/// the log. One thread.
public interface ShardTask {
  /// Reads, folds, commits what is due; returns how much it handled.
  int poll();

  /// Commits everything that is due and releases the lease.
  void drain();

  /// Whether entries come again that were consumed before the last restart.
  boolean isRecovering();

  /// Whether a commit found that the log had lost entries.
  boolean logIsBroken();

  /// The group is new and the log's head is gone, up to this entry.
  void logHeadTrimmed(Position until);

  /// The log has lost entries and the operator accepts it: reading continues after this entry.
  void acceptLoss(Position lastEver);

  Lease lease();

  /// What is committed of this run's ledger.
  LedgerCounts committedLedger();
}
