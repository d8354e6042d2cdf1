package dev.mdp.core.run;

import dev.mdp.core.ledger.LedgerCounts;

/// What one commit adds to its job run, written in the same transaction.
///
/// @param runId the job run, or 0 when there is none
/// @param ledger this shard's whole ledger of this run so far; it replaces the shard's former one
/// @param rowsFailed entries that became dead letters since the last commit
/// @param minMicros smallest event time since the last commit, or `Long.MAX_VALUE` when there was
///   none
/// @param maxMicros largest event time since the last commit, or `Long.MIN_VALUE` when there was
///   none
public record RunProgress(
    long runId, int shard, LedgerCounts ledger, long rowsFailed, long minMicros, long maxMicros) {
  public static final RunProgress NONE =
      new RunProgress(0, 0, LedgerCounts.NONE, 0, Long.MAX_VALUE, Long.MIN_VALUE);
}
