package dev.mdp.core.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads all shards as one member of a consumer group: read, commit, then ack. One thread at a
/// time. A group that vanished (a flushed server) is created again at the log's first entry, and
/// the call that found it missing throws [dev.mdp.core.error.UnavailableException]: what was given
/// before is forgotten, and the log may be another one.
public interface CompetingSubscription extends AutoCloseable {
  /// Up to `max` entries never delivered to this group before, in log order within each shard. The
  /// first polls after opening give this consumer's own unacknowledged entries again, marked as
  /// redelivered.
  List<Delivery> poll(int max, Duration wait);

  /// Takes over up to `max` entries that another consumer has held unacknowledged for longer than
  /// `idle`.
  List<Delivery> claimIdle(Duration idle, int max);

  /// Acknowledges entries whose effects are committed. Those of a shard that was moved since this
  /// member last asked for its generation stay as they are, and the shard is revoked: where the
  /// group was moved to, their effects may be gone.
  void ack(List<Delivery> deliveries);

  /// Names the last move of the group in this shard, empty when it was never moved. When it is
  /// another one than this member knew, the shard is revoked. Always empty on a bus where shards,
  /// not entries, are given to members.
  String generation(int shard);

  /// The low-water mark of the whole group in one shard: every entry at or before it is
  /// acknowledged.
  Position lowWater(int shard);

  /// Where one shard's log begins and ends now.
  LogBounds bounds(int shard);

  /// What the log is known by at exactly this position; empty when the log no longer reaches there
  /// or never did.
  Optional<LogAnchor> anchor(int shard, Position position);

  /// What the log is known by at its last entry at or before this position; empty when it has none.
  Optional<LogAnchor> anchorBefore(int shard, Position position);

  /// Makes the group continue after this position, before or behind where it is. What this member
  /// holds of the shard must be forgotten: it comes again. What the group was given by now comes as
  /// redelivered. May be done by several members, and again.
  ///
  /// @return the generation that this move made; empty when nothing was changed, because the shard
  ///   is another member's, who has to do it, or was moved since this member last asked
  Optional<String> moveTo(int shard, Position position);

  /// Entries that were given to the group and were gone from the log before it used them, since the
  /// last call. They are acknowledged: no one can read them any more.
  List<LostEntries> takeLost();

  /// Shards that were taken from this member, or moved by another one, since the last call: what it
  /// still holds of them must not be used any more.
  Set<Integer> takeRevoked();

  /// Stays in the group while the caller can take nothing.
  void idle();

  @Override
  void close();
}
