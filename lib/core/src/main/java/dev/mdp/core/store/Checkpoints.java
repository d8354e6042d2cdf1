package dev.mdp.core.store;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import java.util.List;
import java.util.Map;

/// Who owns a shard and how far it has come: the fence around every stateful write. Thread-safe;
/// each method is one transaction. All throw [dev.mdp.core.error.UnavailableException] when the
/// database is away; a commit that threw may have been committed nevertheless.
public interface Checkpoints {
  /// Takes the shard when it is free or its lease has run out: increments the epoch, ends the
  /// former owner's database session. Throws [dev.mdp.core.error.ConfigException] when the
  /// checkpoint was made with another number of shards, or when intervals would end that the
  /// claimer was not told to drop; then nothing has changed.
  ClaimResult claim(ClaimRequest request);

  /// Throws [dev.mdp.core.error.ConfigException] when this claim would be refused, whatever process
  /// owns the shard; takes nothing.
  void requireClaimable(ClaimRequest request);

  /// Extends the lease without a commit. Throws [dev.mdp.core.error.FencedException] when it was
  /// lost.
  Lease renew(Lease lease);

  /// Gives the shard back, so that a successor need not wait. Does nothing when the lease was lost.
  void release(Lease lease);

  /// In one transaction: the bars, this checkpoint with the bars that met another lane's counted as
  /// conflicting, the job run's progress. Throws [dev.mdp.core.error.FencedException] and changes
  /// nothing when the lease was lost.
  CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress);

  /// In one transaction: the signals, the symbols' states, what is to be published, this
  /// checkpoint, the job run's progress. Throws [dev.mdp.core.error.FencedException] and changes
  /// nothing when the lease was lost.
  CommitResult commit(Lease lease, Checkpoint next, Evaluated evaluated, RunProgress progress);

  /// What evaluations have left in this shard; asked by who owns it.
  EvaluationState evaluationState(CheckpointKey key);

  /// How far a stateless group is stored.
  StoredMarks marks(String group, String topic);

  /// Notes that the group on the bus was moved to this shard's mark. Changes nothing when another
  /// server answers than the one that the alignment names.
  ///
  /// @return whether it was noted
  boolean align(CheckpointKey key, int shards, StoredMarks.Alignment alignment);

  /// Raises a stateless group's low-water marks; never lowers one. Changes nothing when another
  /// server answers than the one that gave `known`, nor a mark that lies before the known one or is
  /// aligned otherwise: then the database may have gone back, and a raised mark would hide what is
  /// missing.
  ///
  /// @return the marks as they are now
  StoredMarks raiseMarks(
      String group,
      String topic,
      int shards,
      StoredMarks known,
      Map<Integer, StoredMarks.Mark> marks);

  /// Sets marks back, without an anchor: the log was exchanged or cut, and that is accepted.
  void lowerMarks(String group, String topic, Map<Integer, Position> positions);

  /// Notes by which `max_future_ms` a stateless group judges, for other groups to compare with
  /// theirs. Does nothing for a group without rows.
  void noteMaxFuture(String group, String topic, long micros);

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
