package dev.mdp.bus.redis;

import dev.mdp.bus.LostTally;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer group's member over all shards of a topic (XREADGROUP, XACK, XAUTOCLAIM).
///
/// Entries that the server gave out in a reply that was lost are this consumer's own pending ones;
/// so after every failure those are read again, without the ones the caller already holds.
final class RedisGroup implements CompetingSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(RedisGroup.class);
  private static final int MAX_COUNT = 10_000;

  /// About how many bytes one reply may have.
  private static final int REPLY_BUDGET = 16 * 1024 * 1024;

  private final RedisLink link;
  private final GroupMember member;
  private final ShardNumber number;
  private final EntryDecoder decoder;
  private final ReadPace pace;
  private final List<Set<Position>> held = new ArrayList<>();
  private final String[] claimCursors;
  private final Set<Integer> revoked = new HashSet<>();

  /// The last entry of each shard that some member is known to have been given: what comes at or
  /// before it comes again.
  private final Position[] given;

  private final LostTally lost = new LostTally();
  private final ArrayDeque<Delivery> ready = new ArrayDeque<>();
  private EntryBatch batch = new EntryBatch();

  /// What an entry had in the last reply; large at first, so that a log of large ones does no harm.
  private int bytesPerEntry = 16 * 1024;

  /// The shard whose own pending entries are to be read next; the number of shards when all are.
  private int recovering;

  private String recoveredAfter = "0-0";

  RedisGroup(
      RedisLink link, GroupMember member, ShardNumber number, EntryDecoder decoder, ReadPace pace) {
    this.number = number;
    this.link = link;
    this.pace = pace;
    this.member = member;
    this.decoder = decoder;
    this.claimCursors = new String[member.shards()];
    this.given = new Position[member.shards()];
    for (int shard = 0; shard < member.shards(); shard++) {
      held.add(new HashSet<>());
      claimCursors[shard] = "0-0";
      given[shard] = Position.START;
    }
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
    while (ready.isEmpty() && recovering < member.shards()) {
      guarded(recovering, () -> recoverSome(Math.min(max, MAX_COUNT)));
    }
    boolean passedOver = ready.isEmpty();
    while (passedOver) { // what this member holds already was given again
      passedOver = guarded(0, () -> readNew(max, wait)) && ready.isEmpty();
    }
    List<Delivery> deliveries = new ArrayList<>(Math.min(max, ready.size()));
    while (deliveries.size() < max && !ready.isEmpty()) {
      deliveries.add(ready.poll());
    }
    return deliveries;
  }

  @Override
  public List<Delivery> claimIdle(Duration idle, int max) {
    List<Delivery> claimed = new ArrayList<>();
    for (int shard = 0; shard < member.shards() && claimed.size() < max; shard++) {
      int of = shard;
      int count = Math.min(max - claimed.size(), MAX_COUNT);
      claimed.addAll(guarded(of, () -> claim(of, idle, count)));
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
                positions.forEach(held.get(shard)::remove);
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
    held.get(shard).clear();
    ready.removeIf(delivery -> delivery.shard() == shard);
    readOwnAgain();
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
    observe(shard, place.given());
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
    return lost.take();
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

  /// Returns whether there was an entry.
  private boolean readNew(int max, Duration wait) throws ServerError {
    batch.clear();
    int each = affordable(Math.clamp(max / member.shards(), 1, MAX_COUNT));
    pace.linger(wait);
    member.readNew(batch, each, wait);
    pace.read(batch.count());
    noteSize();
    for (int i = 0; i < batch.count(); i++) {
      int shard = batch.shard(i);
      if (!held.get(shard).contains(batch.position(i))) {
        ready.add(taken(i, !batch.position(i).isAfter(given[shard])));
        observe(shard, batch.position(i));
      }
    }
    return batch.count() > 0;
  }

  /// Reads one page of the own pending entries of one shard.
  private boolean recoverSome(int count) throws ServerError {
    int shard = recovering;
    batch.clear();
    member.readOwn(batch, shard, recoveredAfter, affordable(count));
    noteSize();
    List<Position> deleted = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      Position position = batch.position(i);
      if (batch.isDeleted(i)) {
        deleted.add(position);
      } else if (!held.get(shard).contains(position)) {
        ready.add(taken(i, true));
      }
    }
    ackLost(shard, deleted);
    if (batch.count() == 0) {
      recovering++;
      recoveredAfter = "0-0";
    } else {
      recoveredAfter = batch.position(batch.count() - 1).toString();
    }
    return true;
  }

  private List<Delivery> claim(int shard, Duration idle, int count) throws ServerError {
    batch.clear();
    EntriesOutput output = member.claim(batch, shard, claimCursors[shard], idle, affordable(count));
    claimCursors[shard] = output.cursor();
    List<Delivery> claimed = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      if (!held.get(shard).contains(batch.position(i))) {
        claimed.add(taken(i, true));
      }
    }
    lost.add(shard, output.deleted());
    if (output.unknown() > 0) {
      ackDeleted(shard);
    }
    return claimed;
  }

  /// A server before 7.0 hands over deleted entries as nil, without their ids; read as own pending
  /// ones they have ids.
  private void ackDeleted(int shard) throws ServerError {
    EntryBatch page = new EntryBatch();
    String after = "0-0";
    while (true) {
      page.clear();
      member.readOwn(page, shard, after, MAX_COUNT);
      if (page.count() == 0) {
        return;
      }
      List<Position> deleted = new ArrayList<>();
      for (int i = 0; i < page.count(); i++) {
        if (page.isDeleted(i)) {
          deleted.add(page.position(i));
        }
      }
      ackLost(shard, deleted);
      after = page.position(page.count() - 1).toString();
    }
  }

  private void ackLost(int shard, List<Position> deleted) throws ServerError {
    if (!deleted.isEmpty()) {
      member.ackDeleted(shard, deleted);
      lost.add(shard, deleted);
    }
  }

  private int affordable(int count) {
    return Math.clamp(REPLY_BUDGET / bytesPerEntry / member.shards(), 1, count);
  }

  private void noteSize() {
    if (batch.count() > 0) {
      bytesPerEntry = Math.max(64, batch.totalBytes() / batch.count());
    }
  }

  private Delivery taken(int index, boolean redelivered) {
    held.get(batch.shard(index)).add(batch.position(index));
    return decoder.decode(batch, index, redelivered);
  }

  private void observe(int shard, Position position) {
    if (position.isAfter(given[shard])) {
      given[shard] = position;
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
      batch = new EntryBatch();
      readOwnAgain();
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

  private void readOwnAgain() {
    recovering = 0;
    recoveredAfter = "0-0";
  }

  /// Whether the log is still the same is for the caller to see before it reads on.
  private UnavailableException restart(int shard) {
    try {
      createGroups();
    } catch (ServerError e) {
      throw link.translated(e, member.stream(shard));
    }
    held.forEach(Set::clear);
    ready.clear();
    Arrays.fill(given, Position.START);
    readOwnAgain();
    return new UnavailableException(
        member
            + " is gone at Redis at "
            + link.address()
            + ": the stream was deleted, the server flushed or the group destroyed; it was created again");
  }
}
