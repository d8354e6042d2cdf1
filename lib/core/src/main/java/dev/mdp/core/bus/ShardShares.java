package dev.mdp.core.bus;

/// Which shards of a topic this process may own, where several processes of one group share them.
/// Whoever may own a shard still has to claim it: the claim's epoch is what keeps a former owner
/// from writing. Thread-safe.
public interface ShardShares extends AutoCloseable {
  /// This process's share in one shard, now. Throws [dev.mdp.core.error.ConfigException] when the
  /// topic has another number of shards by now, [dev.mdp.core.error.UnavailableException] when
  /// nobody can tell.
  Share of(int shard);

  /// The shard was claimed.
  void taken(int shard);

  /// This process holds nothing of the shard any more, or could not claim it.
  void letGo(int shard);

  @Override
  void close();

  /// Of one shard.
  enum Share {
    /// May be claimed when nobody holds it, and may be kept.
    MINE,
    /// Was assigned: may be claimed at once, whoever holds it.
    ASSIGNED,
    /// Another member is to have it: commit, release it, let go.
    GIVE_BACK,
    /// Another member may have it already: nothing may be flushed.
    LOST,
    /// Others have it.
    OTHERS
  }

  /// Of a process that takes every shard that is free.
  static ShardShares everything() {
    return new ShardShares() {
      @Override
      public Share of(int shard) {
        return Share.MINE;
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
