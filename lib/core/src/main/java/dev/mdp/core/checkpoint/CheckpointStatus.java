package dev.mdp.core.checkpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A checkpoint row as tools show it.
///
/// @param owner null when no one ever claimed or the last owner released it
/// @param leaseUntil null when no one holds it
/// @param leased whether a lease lives, by the database's clock
public record CheckpointStatus(
    CheckpointKey key,
    int shards,
    long epoch,
    long commitSeq,
    @Nullable String owner,
    @Nullable Instant leaseUntil,
    boolean leased,
    Checkpoint checkpoint,
    Instant updatedAt) {}
