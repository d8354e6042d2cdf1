package dev.mdp.core.error;

/// A commit found that its lease belongs to another process now: the transaction was rolled back,
/// the caller must drop all memory of the shard and stop owning it.
public final class FencedException extends ConflictException {
  public FencedException(String message) {
    super(message);
  }
}
