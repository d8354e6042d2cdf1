package dev.mdp.core.feed;

import java.time.Instant;

/// The right to publish a provider's series of one shard, until someone claims it after `until`
/// (the database's clock).
///
/// @param owner unique per process
/// @param epoch increments with every claim: the fencing token
public record FeedLease(FeedKey key, String owner, long epoch, Instant until) {}
