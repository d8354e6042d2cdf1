package dev.mdp.core.checkpoint;

/// All that is done to the rows of `stream_checkpoints`, by who does it: owners of shards,
/// stateless groups, tools.
public record Checkpoints(
    Leases leases, Commits commits, LowWaterMarks marks, CheckpointAdmin admin) {

  /// The same with other commits.
  public Checkpoints with(Commits other) {
    return new Checkpoints(leases, other, marks, admin);
  }
}
