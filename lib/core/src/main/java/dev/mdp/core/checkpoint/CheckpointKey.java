package dev.mdp.core.checkpoint;

/// Whose progress in which shard.
public record CheckpointKey(String group, String topic, int shard) {
  /// What the groups do; a configured prefix may be before it.
  public static final String MICRO_BATCHER = "micro-batcher";

  public static final String TICK_CONSUMER = "tick-consumer";

  /// The group that turns events into signals.
  public static final String INFERENCE = "inference";

  /// Whether this group does that, whatever its prefix.
  public boolean does(String what) {
    return group.equals(what) || group.endsWith("-" + what);
  }

  @Override
  public String toString() {
    return group + " on " + topic + " shard " + shard;
  }
}
