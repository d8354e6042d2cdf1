package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The entries that one member of the tick group was given and has not acknowledged: those still to
/// be written, and those that are committed. One thread.
final class UnacknowledgedEntries {
  private final Duration flushTimeout;
  private final List<Delivery> unwritten = new ArrayList<>();
  private final List<Delivery> committed = new ArrayList<>();
  private Instant since;

  /// @param flushTimeout how long an entry may wait before it is written
  UnacknowledgedEntries(Duration flushTimeout, Instant now) {
    this.flushTimeout = flushTimeout;
    this.since = now;
  }

  /// Takes what was read; returns how much that is.
  int take(List<Delivery> deliveries, Instant now) {
    if (!deliveries.isEmpty() && unwritten.isEmpty()) {
      since = now;
    }
    unwritten.addAll(deliveries);
    return deliveries.size();
  }

  /// How many are still to be written.
  int unwritten() {
    return unwritten.size();
  }

  /// Those to be written that were delivered before, or those that were not.
  List<Delivery> unwritten(boolean redelivered) {
    return unwritten.stream().filter(each -> each.redelivered() == redelivered).toList();
  }

  /// Whether what is to be written has waited as long as it may.
  boolean isDue(Instant now) {
    return !unwritten.isEmpty() && !now.isBefore(since.plus(flushTimeout));
  }

  /// How long a read may take, at most this.
  Duration waitTime(Instant now, Duration most) {
    if (unwritten.isEmpty()) {
      return most;
    }
    Duration left = Duration.between(now, since.plus(flushTimeout));
    return left.isNegative() ? Duration.ZERO : left.compareTo(most) < 0 ? left : most;
  }

  /// These are committed: they are never written again.
  void committed(List<Delivery> stored) {
    if (!stored.isEmpty()) {
      committed.addAll(stored);
      Set<Delivery> gone = identities(stored);
      unwritten.removeIf(gone::contains);
    }
  }

  /// Acknowledges what is committed; after an error again with the next call.
  void acknowledge(CompetingSubscription subscription) {
    if (!committed.isEmpty()) {
      subscription.ack(committed);
      committed.clear();
    }
  }

  /// What is committed is not acknowledged: the database may have lost it since.
  void forgetCommitted() {
    committed.clear();
  }

  /// Nothing that is held of these shards may be used any more.
  void forget(Set<Integer> shards) {
    if (!shards.isEmpty()) {
      unwritten.removeIf(delivery -> shards.contains(delivery.shard()));
      committed.removeIf(delivery -> shards.contains(delivery.shard()));
    }
  }

  static Set<Delivery> identities(List<Delivery> deliveries) {
    Set<Delivery> all = Collections.newSetFromMap(new IdentityHashMap<>(2 * deliveries.size()));
    all.addAll(deliveries);
    return all;
  }
}
