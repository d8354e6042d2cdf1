package dev.mdp.core.checkpoint;

import java.util.List;

/// What tools see and do of checkpoints. Thread-safe; each method is one transaction. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface CheckpointAdmin {
  /// All rows, or those of one topic when it is not empty, in key order.
  List<CheckpointStatus> list(String topic);

  /// The rows of one shard, in key order.
  default List<CheckpointStatus> listShard(String topic, int shard) {
    return list(topic).stream().filter(row -> row.key().shard() == shard).toList();
  }

  /// Whether the group has a row of this topic.
  default boolean isRegistered(String group, String topic) {
    return list(topic).stream().anyMatch(row -> row.key().group().equals(group));
  }

  /// Makes the group begin again at the log's first entry. Throws
  /// [dev.mdp.core.error.ConflictException] while a lease lives.
  boolean reset(CheckpointKey key);

  /// Forgets the group in this shard. Throws [dev.mdp.core.error.ConflictException] while a lease
  /// lives.
  boolean drop(CheckpointKey key);
}
