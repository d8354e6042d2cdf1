package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.ShardShares;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.pipeline.worker.Pause;
import java.time.InstantSource;

/// What owning a shard takes.
///
/// @param shares which shards this process may own
public record OwnerPorts(
    Checkpoints checkpoints,
    ShardShares shares,
    InstantSource clock,
    Pause pause,
    Metrics metrics) {}
