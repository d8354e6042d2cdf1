package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The shards whose low-water mark in the database may not fit the group's place on the bus, and
/// where the group was when the doubt began. One thread.
final class ShardDoubts {
  /// How long other members have to raise a mark that is only late, before what is between is read
  /// again.
  private static final Duration LATE = Duration.ofMillis(1_500);

  private final int shards;
  private final CompetingSubscription subscription;
  private final InstantSource clock;
  private final Map<Integer, Place> doubts = new TreeMap<>();

  /// Those that another member has to move.
  private final Set<Integer> others = new TreeSet<>();

  private Instant lateUntil = Instant.MIN;
  private boolean mustLook = true;
  private boolean mustLookAtOthers;

  /// @param generation of the group
  /// @param lowWater of the group
  /// @param last the last entry in the log at or before it, which is acknowledged
  record Place(String generation, Position lowWater, Position last) {}

  ShardDoubts(int shards, CompetingSubscription subscription, InstantSource clock) {
    this.shards = shards;
    this.subscription = subscription;
    this.clock = clock;
  }

  /// Every shard is in doubt from the next look on.
  void doubtAll() {
    mustLook = true;
  }

  /// The shards that another member has to move are looked at again.
  void doubtOthers() {
    mustLookAtOthers = true;
  }

  /// Whether nothing is in doubt but what others have to move.
  boolean isSettled() {
    return !mustLook && !mustLookAtOthers && others.containsAll(doubts.keySet());
  }

  /// Asks the bus where the group is.
  void look() {
    if (mustLook) {
      doubts.clear();
      for (int shard = 0; shard < shards; shard++) {
        doubts.put(shard, placeNow(shard));
      }
      lateUntil = clock.instant().plus(LATE);
    } else if (mustLookAtOthers) {
      others.forEach(shard -> doubts.replace(shard, placeNow(shard)));
    }
    others.clear();
    mustLook = false;
    mustLookAtOthers = false;
  }

  private Place placeNow(int shard) {
    String generation = subscription.generation(shard);
    Position low = subscription.lowWater(shard);
    return new Place(
        generation,
        low,
        subscription.anchorBefore(shard, low).map(LogAnchor::position).orElse(Position.START));
  }

  Set<Integer> shards() {
    return Set.copyOf(doubts.keySet());
  }

  boolean isEmpty() {
    return doubts.isEmpty();
  }

  /// Where the group is in a shard that is in doubt.
  Place place(int shard) {
    return Objects.requireNonNull(doubts.get(shard));
  }

  /// Whether a mark that differs from the group's place is no longer only late.
  boolean isLateOver() {
    return !clock.instant().isBefore(lateUntil);
  }

  void settled(int shard) {
    doubts.remove(shard);
  }

  void leaveToOthers(int shard) {
    others.add(shard);
  }
}
