package dev.mdp.core.bus;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Looks at topics without changing them: tail, lag, pending entries, dead letters. Thread-safe.
public interface BusInspector {
  /// How many shards this topic has: the configured number for events, one for signals and dead
  /// letters.
  int shards(String topic);

  /// Whether the topic was ever written to, or created.
  default boolean exists(String topic) {
    return IntStream.range(0, shards(topic))
        .anyMatch(shard -> bounds(topic, shard).lastEver().isAfter(Position.START));
  }

  LogBounds bounds(String topic, int shard);

  /// Up to `limit` entries from `first` on, oldest first.
  List<LogEntry> read(String topic, int shard, Position first, int limit);

  /// The last `limit` entries of the shard that are at or after `first`, oldest first.
  List<LogEntry> readLast(String topic, int shard, Position first, int limit);

  /// The payloads of the entries at exactly these positions; those that the log no longer has are
  /// left out.
  Map<Position, byte[]> payloads(String topic, int shard, Collection<Position> positions);

  /// How many entries of the shard are after this position. Where the bus does not number its
  /// entries they are counted, up to a hundred thousand, and estimated beyond.
  default long entriesAfter(String topic, int shard, Position position) {
    return new EntryCount(this, topic, shard).after(position);
  }

  List<GroupStatus> groups(String topic);

  /// Removes these entries of a topic; returns how many there were.
  long delete(String topic, int shard, List<Position> positions);

  /// Decodes an entry's payload as a consumer would.
  Delivery decode(LogEntry entry);

  /// What an operator should know of the server's settings (eviction, persistence), a sentence
  /// each; empty when all is well.
  List<String> warnings();
}
