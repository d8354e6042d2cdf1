package dev.mdp.store.feeds;

import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import java.time.Duration;
import java.util.function.Supplier;

/// A store for a test that makes time pass by an earlier end of every lease in the table: the
/// leases that it was given before end as much earlier. Thread-safe.
record OlderLeases(FeedStore store, Supplier<Duration> passed) implements FeedStore {
  private FeedLease older(FeedLease lease) {
    return new FeedLease(
        lease.key(), lease.owner(), lease.epoch(), lease.until().minus(passed.get()));
  }

  @Override
  public FeedClaim claim(FeedKey key, String owner, Duration lease) {
    return store.claim(key, owner, lease);
  }

  @Override
  public FeedLease renew(FeedLease lease, Duration length) {
    return store.renew(older(lease), length);
  }

  @Override
  public FeedLease commit(FeedLease lease, Duration length, FeedCommit commit) {
    return store.commit(older(lease), length, commit);
  }

  @Override
  public void release(FeedLease lease) {
    store.release(older(lease));
  }
}
