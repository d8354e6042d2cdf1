package dev.mdp.core.checkpoint;

import dev.mdp.core.run.RunProgress;

/// The fence around every stateful write. Thread-safe; each method is one transaction. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away; a commit that threw may
/// have been committed nevertheless.
public interface Commits {
  /// In one transaction: what is written, this checkpoint, the job run's progress. Bars that met
  /// another lane's are counted as conflicting in the checkpoint. Throws
  /// [dev.mdp.core.error.FencedException] and changes nothing when the lease was lost.
  CommitResult commit(Lease lease, Checkpoint next, FencedWrite write, RunProgress progress);

  /// What evaluations have left in this shard; asked by who owns it.
  EvaluationState evaluationState(CheckpointKey key);
}
