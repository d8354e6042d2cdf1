package dev.mdp.core.bus;

/// Which shards of a topic this process may own, where several processes of one group share them. A
/// process still has to claim a shard that is assigned to it: the claim's epoch is what keeps a
/// former owner from writing. Thread-safe.
public interface ShardAssignment extends AutoCloseable {
  /// What one shard is to this process now. Throws [dev.mdp.core.error.ConfigException] when the
  /// topic has another number of shards by now, [dev.mdp.core.error.UnavailableException] when it
  /// is not known.
  State of(int shard);

  /// The shard was claimed.
  void taken(int shard);

  /// This process holds nothing of the shard any more, or could not claim it.
  void letGo(int shard);

  @Override
  void close();

  /// Of one shard.
  enum State {
    /// May be claimed when no one holds it, and may be kept.
    ASSIGNED,
    /// Assigned and not yet claimed: may be claimed at once, whatever process holds it.
    NEWLY_ASSIGNED,
    /// Another member is to have it: commit, release it, let go.
    REVOKED,
    /// Another member may have it already: nothing may be flushed.
    LOST,
    /// Assigned to others, or to no one.
    NOT_ASSIGNED
  }

  /// Of a process that takes every shard that is free.
  static ShardAssignment everything() {
    return new ShardAssignment() {
      @Override
      public State of(int shard) {
        return State.ASSIGNED;
      }

      @Override
      public void taken(int shard) {}

      @Override
      public void letGo(int shard) {}

      @Override
      public void close() {}
    };
  }
}
