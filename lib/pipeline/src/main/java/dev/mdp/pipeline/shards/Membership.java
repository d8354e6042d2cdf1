package dev.mdp.pipeline.shards;

import dev.mdp.core.checkpoint.Members;
import dev.mdp.core.error.MdpException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process's membership in a group that shares shards: it says in the database that the process
/// lives, and computes from the other members what its fair share is. The beat is whichever call of
/// [#share] finds it due; one call at a time.
final class Membership {
  /// Operators know its lines as those of the assignment.
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
  private Instant nextBeat = Instant.MIN;
  private int share;

  /// How many members there were when it was last logged.
  private int loggedMembers;

  /// @param member unique per process
  /// @param life how long a member lives after its last beat
  Membership(
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

  /// How many shards this process may hold now. A database that is away changes nothing: no one can
  /// claim anything then.
  int share() {
    Instant now = clock.instant();
    if (now.isBefore(nextBeat)) {
      return share;
    }
    try {
      Map<String, Integer> living = members.beat(group, topic, member, life);
      share = FairShare.of(member, living, shards);
      nextBeat = now.plus(beatEvery);
      log(living);
    } catch (MdpException e) {
      if (nextBeat.equals(Instant.MIN)) {
        throw e;
      }
      LOG.debug("{} on {}: {} could not say that it lives", group, topic, member, e);
    }
    return share;
  }

  /// The others take over as soon as they look. Any thread.
  void leave() {
    try {
      members.leave(group, topic, member);
    } catch (MdpException e) {
      LOG.debug("{} on {}: the membership of {} runs out by itself", group, topic, member, e);
    }
  }

  /// Says once how the shards are shared now; nothing of the usual case of one worker.
  private void log(Map<String, Integer> living) {
    if (living.size() == loggedMembers) {
      return;
    }
    if (share == 0) {
      LOG.warn("{} on {}: all shards are held by {}; standing by", group, topic, holders(living));
    } else if (living.size() > 1 || loggedMembers > 0) {
      LOG.info(
          "{} on {}: {} members share {} shards, this one takes {}",
          group,
          topic,
          living.size(),
          shards,
          share);
    }
    loggedMembers = living.size();
  }

  private static String holders(Map<String, Integer> living) {
    return living.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .limit(MOST_NAMES)
        .collect(Collectors.joining(", "));
  }
}
