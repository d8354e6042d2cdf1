package dev.mdp.pipeline.shards;

import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.store.Members;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shares shards by leases, where the bus does not assign them: every process says in the database
/// that it lives, and takes as many shards as are its fair share; who has more gives some back.
/// Which ones is decided by who claims first. The beat is whichever caller's call finds it due.
public final class LeaseAssignment implements ShardAssignment {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseAssignment.class);
  private static final Duration MOST_BETWEEN_BEATS = Duration.ofSeconds(1);
  private static final int MOST_NAMES = 5;

  private final Members members;
  private final String group;
  private final String topic;
  private final String member;
  private final int shards;
  private final Duration life;
  private final Duration beatEvery;
  private final InstantSource clock;
  private final TreeSet<Integer> held = new TreeSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private Instant nextBeat = Instant.MIN;
  private int share;
  private int told;

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
    this.members = members;
    this.group = group;
    this.topic = topic;
    this.member = member;
    this.shards = shards;
    this.life = life;
    Duration fifth = life.dividedBy(5);
    this.beatEvery = fifth.compareTo(MOST_BETWEEN_BEATS) < 0 ? fifth : MOST_BETWEEN_BEATS;
    this.clock = clock;
  }

  @Override
  public State of(int shard) {
    lock.lock();
    try {
      beatIfDue();
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
    try {
      members.leave(group, topic, member);
    } catch (MdpException e) {
      LOG.debug("{} on {}: the membership of {} runs out by itself", group, topic, member, e);
    }
  }

  /// A database that is away changes nothing: no one can claim anything then.
  private void beatIfDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextBeat)) {
      return;
    }
    try {
      Map<String, Integer> living = members.beat(group, topic, member, life);
      share = FairShare.of(member, living, shards);
      nextBeat = now.plus(beatEvery);
      tell(living);
    } catch (MdpException e) {
      if (nextBeat.equals(Instant.MIN)) {
        throw e;
      }
      LOG.debug("{} on {}: {} could not say that it lives", group, topic, member, e);
    }
  }

  /// Says once how the shards are shared now; nothing of the usual case of one worker.
  private void tell(Map<String, Integer> living) {
    if (living.size() == told) {
      return;
    }
    if (share == 0) {
      LOG.warn("{} on {}: all shards are held by {}; standing by", group, topic, holders(living));
    } else if (living.size() > 1 || told > 0) {
      LOG.info(
          "{} on {}: {} members share {} shards, this one takes {}",
          group,
          topic,
          living.size(),
          shards,
          share);
    }
    told = living.size();
  }

  private static String holders(Map<String, Integer> living) {
    return living.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .limit(MOST_NAMES)
        .collect(Collectors.joining(", "));
  }
}
