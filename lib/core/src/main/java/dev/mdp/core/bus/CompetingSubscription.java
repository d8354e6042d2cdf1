package dev.mdp.core.bus;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Reads all shards as one member of a consumer group: read, commit, then ack. One thread at a
/// time. A group that vanished (a flushed server) is created again at the log's first entry.
public interface CompetingSubscription extends AutoCloseable {
  /// Up to `max` entries never delivered to this group before, in log order within each shard. The
  /// first polls after opening give this consumer's own unacknowledged entries again, marked as
  /// redelivered.
  List<Delivery> poll(int max, Duration wait);

  /// Takes over up to `max` entries that another consumer has held unacknowledged for longer than
  /// `idle`.
  List<Delivery> claimIdle(Duration idle, int max);

  /// Acknowledges entries whose effects are committed.
  void ack(List<Delivery> deliveries);

  /// The low-water mark of the whole group in one shard: every entry at or before it is
  /// acknowledged.
  Position lowWater(int shard);

  /// Entries that were given to the group and were gone from the log before it used them, since the
  /// last call. They are acknowledged: nobody can read them any more.
  List<LostEntries> takeLost();

  /// Shards that were taken from this member since the last call: what it still holds of them is
  /// another member's now and must not be used. Empty on a bus where entries, not shards, are given
  /// to members.
  Set<Integer> takeRevoked();

  /// Stays in the group while the caller can take nothing.
  void idle();

  @Override
  void close();
}
