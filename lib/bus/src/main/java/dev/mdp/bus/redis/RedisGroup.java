package dev.mdp.bus.redis;

import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer group's member over all shards of a topic (XREADGROUP, XACK, XAUTOCLAIM). One thread.
///
/// Entries that the server gave out in a reply that was lost are this consumer's own pending ones;
/// so after every failure those are read again, without the ones the caller already holds.
final class RedisGroup implements CompetingSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(RedisGroup.class);

  private final RedisLink link;
  private final GroupMember member;
  private final ShardNumber number;
  private final HeldEntries held;
  private final GivenPositions given;
  private final DeletedEntries deleted;
  private final GroupReader reader;
  private final Set<Integer> revoked = new HashSet<>();

  RedisGroup(
      RedisLink link, GroupMember member, ShardNumber number, EntryDecoder decoder, ReadPace pace) {
    this.link = link;
    this.member = member;
    this.number = number;
    this.held = new HeldEntries(member.shards(), decoder);
    this.given = new GivenPositions(member.shards());
    this.deleted = new DeletedEntries(member);
    this.reader = new GroupReader(member, held, given, deleted, pace);
    guarded(
        0,
        () -> {
          createGroups();
          removeForsaken();
          return true;
        });
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    while (held.nothingReady() && reader.isRecovering()) {
      guarded(reader.recoveringShard(), () -> reader.recoverSome(max));
    }
    boolean passedOver = held.nothingReady();
    while (passedOver) { // what this member holds already was given again
      passedOver = guarded(0, () -> reader.readNew(max, wait)) && held.nothingReady();
    }
    return held.giveReady(max);
  }

  @Override
  public List<Delivery> claimIdle(Duration idle, int max) {
    List<Delivery> claimed = new ArrayList<>();
    for (int shard = 0; shard < member.shards() && claimed.size() < max; shard++) {
      int of = shard;
      int count = max - claimed.size();
      claimed.addAll(guarded(of, () -> reader.claim(of, idle, count)));
    }
    return claimed;
  }

  @Override
  public void ack(List<Delivery> deliveries) {
    Map<Integer, List<Position>> byShard = new HashMap<>();
    for (Delivery delivery : deliveries) {
      byShard.computeIfAbsent(delivery.shard(), _ -> new ArrayList<>()).add(delivery.position());
    }
    byShard.forEach((shard, positions) ->
        guarded(
            shard,
            () -> {
              if (member.ack(shard, positions)) {
                held.acknowledged(shard, positions);
              } else {
                learn(shard);
              }
              return true;
            }));
  }

  @Override
  public String generation(int shard) {
    return guarded(
        shard,
        () -> {
          learn(shard);
          return member.generation(shard);
        });
  }

  private void learn(int shard) throws ServerError {
    if (member.learn(shard)) {
      revoked.add(shard);
      forget(shard);
    }
  }

  private void forget(int shard) {
    held.forget(shard);
    reader.readOwnAgain();
  }

  @Override
  public Position lowWater(int shard) {
    return place(shard).lowWater();
  }

  private GroupMember.Place place(int shard) {
    GroupMember.Place place =
        guarded(
            shard,
            () -> {
              number.lookForOthers();
              return member.place(shard);
            });
    given.observe(shard, place.given());
    return place;
  }

  @Override
  public LogBounds bounds(int shard) {
    return guarded(shard, () -> member.bounds(shard));
  }

  @Override
  public Optional<LogAnchor> anchor(int shard, Position position) {
    return guarded(shard, () -> member.lastEntry(shard, position.toString(), position));
  }

  @Override
  public Optional<LogAnchor> anchorBefore(int shard, Position position) {
    return guarded(shard, () -> member.lastEntry(shard, "-", position));
  }

  /// What other members hold is theirs no longer, and they cannot acknowledge it.
  @Override
  public Optional<String> moveTo(int shard, Position position) {
    place(shard);
    if (!guarded(shard, () -> member.moveTo(shard, position))) {
      return Optional.empty();
    }
    forget(shard);
    return Optional.of(member.generation(shard));
  }

  @Override
  public List<LostEntries> takeLost() {
    return deleted.takeLost();
  }

  @Override
  public Set<Integer> takeRevoked() {
    Set<Integer> taken = Set.copyOf(revoked);
    revoked.clear();
    return taken;
  }

  /// Nothing: every process that asks is a member.
  @Override
  public void idle() {}

  /// The consumer of a clean end is not left behind.
  @Override
  public void close() {
    try {
      if (link.isOpen()) {
        member.leave();
      }
    } catch (ServerError | MdpException e) {
      LOG.debug("{} could not leave", member, e);
    } finally {
      link.close();
    }
  }

  /// Housekeeping that a user may not have the right for.
  private void removeForsaken() {
    try {
      member.removeForsaken();
    } catch (ServerError e) {
      LOG.debug("{}: consumers that no process uses stay", member, e);
    }
  }

  private <T> T guarded(int shard, RedisShard.ServerCall<T> call) {
    try {
      return call.run();
    } catch (ServerError e) {
      if (!e.isGone()) {
        throw link.translated(e, member.stream(shard));
      }
      throw restart(shard);
    } catch (MdpException e) {
      reader.giveUpRead();
      throw e;
    }
  }

  /// What was given before a move by another member is revoked here too; a flushed server has
  /// forgotten the moves, and has nothing pending that could be acknowledged wrongly.
  private void createGroups() throws ServerError {
    member.createGroups();
    number.note();
    for (int shard = 0; shard < member.shards(); shard++) {
      if (member.learn(shard) && !member.generation(shard).isEmpty()) {
        revoked.add(shard);
      }
    }
  }

  /// Whether the log is still the same is for the caller to see before it reads on.
  private UnavailableException restart(int shard) {
    try {
      createGroups();
    } catch (ServerError e) {
      throw link.translated(e, member.stream(shard));
    }
    held.forgetAll();
    given.forget();
    reader.readOwnAgain();
    return new UnavailableException(
        member
            + " is gone at Redis at "
            + link.address()
            + ": the stream was deleted, the server flushed or the group destroyed; it was created again");
  }
}
