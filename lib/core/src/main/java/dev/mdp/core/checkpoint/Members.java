package dev.mdp.core.checkpoint;

import java.time.Duration;
import java.util.SortedMap;

/// The processes that share the shards of a stateful group. Thread-safe; each method is one
/// transaction and throws [dev.mdp.core.error.UnavailableException] when the database is away.
public interface Members {
  /// This member lives for `life` from now, by the database's clock.
  ///
  /// @return the living members, and those who hold a shard by a living lease, with the number of
  ///   shards each of them holds
  SortedMap<String, Integer> beat(String group, String topic, String member, Duration life);

  /// This member lives no more.
  void leave(String group, String topic, String member);
}
