package dev.mdp.core.feed;

import java.time.Duration;

/// Where the owners of feeds note how far they are. Thread-safe; each method is one transaction.
/// All throw [dev.mdp.core.error.UnavailableException] when the database is away.
public interface FeedStore {
  /// Takes a provider's shard when it is free or its lease has run out: increments the epoch.
  /// Throws [dev.mdp.core.error.ConfigException] when it was published before to another topic or
  /// to another number of shards; then nothing has changed.
  FeedClaim claim(FeedKey key, String owner, Duration lease);

  /// Extends the lease. Throws [dev.mdp.core.error.FencedException] when it was lost.
  FeedLease renew(FeedLease lease, Duration length);

  /// Notes what was published and extends the lease. A gap is inserted or, by its identity,
  /// changed; so is an interval. Throws [dev.mdp.core.error.FencedException] when the lease was
  /// lost; then nothing has changed.
  FeedLease commit(FeedLease lease, Duration length, FeedCommit commit);

  /// Gives the shard back, so that a successor need not wait. Does nothing when the lease was lost.
  void release(FeedLease lease);
}
