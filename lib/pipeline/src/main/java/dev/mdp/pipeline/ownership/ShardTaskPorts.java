package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.worker.Pause;
import java.time.InstantSource;

/// What owning a shard takes.
///
/// @param assignment which shards this process may own
public record ShardTaskPorts(
    Checkpoints checkpoints,
    ShardAssignment assignment,
    InstantSource clock,
    Pause pause,
    PipelineMetrics metrics) {}
