package dev.mdp.core.store;

/// Whose progress in which shard.
public record CheckpointKey(String group, String topic, int shard) {
  @Override
  public String toString() {
    return group + " on " + topic + " shard " + shard;
  }
}
