package dev.mdp.pipeline.shards;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.Members;
import java.time.Duration;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Shares shards by leases, where the bus does not assign them: every process says in the database
/// that it lives, and takes as many shards as are its fair share; who has more gives some back.
/// Which ones is decided by who claims first. Thread-safe.
public final class LeaseAssignment implements ShardAssignment {
  private final Membership membership;
  private final TreeSet<Integer> held = new TreeSet<>();
  private final ReentrantLock lock = new ReentrantLock();

  /// @param member unique per process, the owner's name in its claims
  /// @param life how long a member lives after its last beat: as long as a lease
  public LeaseAssignment(
      Members members,
      String group,
      String topic,
      String member,
      int shards,
      Duration life,
      InstantSource clock) {
    this.membership = new Membership(members, group, topic, member, shards, life, clock);
  }

  @Override
  public State of(int shard) {
    lock.lock();
    try {
      int share = membership.share();
      if (held.contains(shard)) {
        // The last ones of too many go back.
        return held.headSet(shard).size() >= share ? State.REVOKED : State.ASSIGNED;
      }
      if (held.size() < share) {
        held.add(shard);
        return State.ASSIGNED;
      }
      return State.NOT_ASSIGNED;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void taken(int shard) {
    lock.lock();
    try {
      held.add(shard);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void letGo(int shard) {
    lock.lock();
    try {
      held.remove(shard);
    } finally {
      lock.unlock();
    }
  }

  /// The others take over as soon as they look.
  @Override
  public void close() {
    membership.leave();
  }
}
