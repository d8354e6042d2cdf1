package dev.mdp.ops.prune;

/// Is called with how far a prune has come.
@FunctionalInterface
public interface PruneProgress {
  /// @param removed rows so far
  /// @param share of the whole that is done, from 0 to 1
  void update(long removed, double share);
}
