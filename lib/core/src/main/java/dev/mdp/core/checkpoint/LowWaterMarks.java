package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.Position;
import java.util.Map;

/// How far stateless groups are stored. Thread-safe; each method is one transaction. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface LowWaterMarks {
  /// How far a stateless group is stored.
  StoredMarks marks(String group, String topic);

  /// Notes that the group on the bus was moved to this shard's mark. Changes nothing when another
  /// server answers than the one that the alignment names.
  ///
  /// @return whether it was noted
  boolean align(CheckpointKey key, int shards, StoredMarks.Alignment alignment);

  /// Raises a stateless group's low-water marks; never lowers one. Changes nothing when another
  /// server answers than the one that gave `known`, nor a mark that is before the known one or is
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
}
