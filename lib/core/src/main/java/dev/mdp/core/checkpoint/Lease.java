package dev.mdp.core.checkpoint;

import java.time.Duration;
import java.time.Instant;

/// The right to commit for one shard, until someone claims it after `until` (the database's clock).
///
/// @param epoch increments with every claim: the fencing token
/// @param commitSeq begins at a number that no claim had before and increments with every commit of
///   this epoch
public record Lease(CheckpointKey key, String owner, long epoch, long commitSeq, Instant until) {
  /// A shorter one would run out in an ordinary pause.
  public static final Duration SHORTEST = Duration.ofSeconds(1);
}
