package dev.mdp.core.checkpoint;

/// Who owns a shard. Thread-safe; each method is one transaction. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface Leases {
  /// Takes the shard when it is free or its lease has run out: increments the epoch, ends the
  /// former owner's database session. Throws [dev.mdp.core.error.ConfigException] when the
  /// checkpoint was made with another number of shards, or when intervals would end that the
  /// claimer was not told to drop; then nothing has changed.
  ClaimResult claim(ClaimRequest request);

  /// Throws [dev.mdp.core.error.ConfigException] when this claim would be refused, whatever process
  /// owns the shard; takes nothing.
  void requireClaimable(ClaimRequest request);

  /// Extends the lease without a commit. Throws [dev.mdp.core.error.FencedException] when it was
  /// lost.
  Lease renew(Lease lease);

  /// Gives the shard back, so that a successor need not wait. Does nothing when the lease was lost.
  void release(Lease lease);
}
