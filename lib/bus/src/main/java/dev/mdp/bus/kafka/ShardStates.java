package dev.mdp.bus.kafka;

import dev.mdp.core.bus.ShardAssignment.State;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/// How a topic's shards are assigned to this process. The group's member and the workers of the
/// shards change it. Thread-safe.
final class ShardStates {
  private final Map<Integer, State> states = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  State of(int shard) {
    lock.lock();
    try {
      return states.getOrDefault(shard, State.NOT_ASSIGNED);
    } finally {
      lock.unlock();
    }
  }

  /// Changes the state of a shard if it is `from`; else does nothing.
  void change(int shard, State from, State to) {
    lock.lock();
    try {
      if (states.replace(shard, from, to)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void setAll(Collection<TopicPartition> partitions, State state) {
    lock.lock();
    try {
      partitions.forEach(each -> states.put(each.partition(), state));
    } finally {
      lock.unlock();
    }
  }

  /// Whatever was assigned is lost.
  void loseAll() {
    lock.lock();
    try {
      states.replaceAll((_, state) -> state == State.NOT_ASSIGNED ? state : State.LOST);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until none of these is [State#REVOKED] any more, at most for this long.
  ///
  /// @param closing whether there is no reason to wait any more; looked at after each change
  void awaitLetGo(
      Collection<TopicPartition> partitions, Duration patience, BooleanSupplier closing) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (left > 0 && !closing.getAsBoolean() && anyRevoked(partitions)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean anyRevoked(Collection<TopicPartition> partitions) {
    return partitions.stream().anyMatch(each -> states.get(each.partition()) == State.REVOKED);
  }
}
