package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.StoredMarks;
import dev.mdp.core.store.StoredMarks.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the tick group's low-water marks in the database, and holds them against the log and the
/// group's place on the bus. What is stored is what the database says: when it has less than the
/// group has acknowledged, because it was restored or an older replica took its place, the group is
/// moved back. Looks before the first read and after every error; until then nothing is read, and
/// no mark is raised. One thread.
final class TickMarks {
  private static final Logger LOG = LoggerFactory.getLogger(TickMarks.class);
  private static final Duration RAISE_EVERY = Duration.ofSeconds(1);

  /// So long other members have to raise a mark that is only late, before what lies between is read
  /// again.
  private static final Duration LATE = Duration.ofMillis(1_500);

  /// A gap that is wider than the marks can be late: milliseconds on Redis, entries on Kafka.
  private static final long WIDE = 5_000;

  private final TickSettings settings;
  private final TickPorts ports;
  private final CompetingSubscription subscription;
  private final TickLog log;

  /// As they were last read; what lies below them later went back.
  private StoredMarks known = StoredMarks.UNKNOWN;

  /// Where the group was when the doubt about a shard began.
  private final Map<Integer, Place> doubts = new TreeMap<>();

  /// Shards that another member has to move.
  private final Set<Integer> others = new TreeSet<>();

  private Instant doubtsUntil = Instant.MIN;

  /// Whether the database is known to be another one, or to have gone back, since the last look.
  /// Then the group is moved to the mark whether or not it is ahead: what some member committed
  /// before and has yet to acknowledge may be gone, and nothing but reading it again shows that.
  private boolean anotherServer;

  private boolean mustLook = true;
  private boolean mustLookAtOthers;
  private Instant nextRaise;
  private boolean noted;
  private boolean lossAccepted;
  private long movedBack;

  /// @param lowWater of the group
  /// @param last the last entry in the log at or before it, which is acknowledged
  private record Place(Position lowWater, Position last) {}

  TickMarks(TickSettings settings, TickPorts ports, CompetingSubscription subscription) {
    this.settings = settings;
    this.ports = ports;
    this.subscription = subscription;
    this.log = new TickLog(settings, ports, subscription);
    this.nextRaise = ports.clock().instant();
  }

  /// Whether a log that had lost entries was accepted.
  boolean lossAccepted() {
    return lossAccepted;
  }

  /// How often a shard was moved back because the database had less of it than the group.
  long movedBack() {
    return movedBack;
  }

  /// After an error: either server may be another one.
  void doubt() {
    mustLook = true;
    noted = false;
  }

  boolean isSettled() {
    return !mustLook && !mustLookAtOthers && others.containsAll(doubts.keySet());
  }

  /// Looks, and moves the group where it must be. Returns the shards of which nothing that is held
  /// may be used any more. Throws [DataException] when the log is another one or was cut.
  Set<Integer> settle() {
    lookAtTheBus(); // first: marks follow it
    StoredMarks stored = ports.checkpoints().marks(settings.group(), settings.topic());
    anotherServer =
        !known.server().isEmpty()
            && (!known.server().equals(stored.server()) || stored.wentBackSince(known));
    Set<Integer> moved = new TreeSet<>();
    for (int shard : Set.copyOf(doubts.keySet())) {
      stored = settle(shard, stored, moved);
    }
    mustLook = false;
    mustLookAtOthers = false;
    if (doubts.isEmpty()) {
      known = stored;
    }
    return moved;
  }

  private void lookAtTheBus() {
    if (mustLook) {
      doubts.clear();
      for (int shard = 0; shard < settings.shards(); shard++) {
        doubts.put(shard, place(shard));
      }
      doubtsUntil = ports.clock().instant().plus(LATE);
    } else if (mustLookAtOthers) {
      others.forEach(shard -> doubts.replace(shard, place(shard)));
    }
    others.clear();
  }

  private Place place(int shard) {
    Position low = subscription.lowWater(shard);
    return new Place(
        low, subscription.anchorBefore(shard, low).map(Anchor::position).orElse(Position.START));
  }

  private StoredMarks settle(int shard, StoredMarks stored, Set<Integer> moved) {
    Mark mark = stored.of(shard);
    Optional<String> lost = log.lost(shard, mark);
    if (lost.isPresent()) {
      Mark accepted = acceptLoss(shard, mark, lost.get());
      moveTo(shard, accepted.position(), moved);
      return stored.with(shard, accepted);
    }
    Place group = doubts.getOrDefault(shard, new Place(Position.START, Position.START));
    boolean begun =
        group.lowWater().equals(Position.START) && mark.position().isAfter(Position.START);
    if (begun) {
      LOG.info(
          "{}: the group is new on the bus; shard {} goes on after {}, where the database has it",
          settings.group(),
          shard,
          mark.position());
      moveTo(shard, mark.position(), moved);
      return stored;
    }
    boolean gap = group.last().isAfter(mark.position());
    boolean late = ports.clock().instant().isBefore(doubtsUntil);
    if (anotherServer || (gap && !late)) {
      tellGap(shard, gap, mark.position(), group.last());
      moveTo(shard, mark.position(), moved);
    }
    if (!gap) {
      doubts.remove(shard);
      others.remove(shard);
    }
    return stored;
  }

  private void moveTo(int shard, Position position, Set<Integer> moved) {
    if (subscription.moveTo(shard, position)) {
      moved.add(shard);
      doubts.remove(shard);
    } else {
      others.add(shard);
    }
  }

  private void tellGap(int shard, boolean gap, Position stored, Position group) {
    if (!gap) {
      return;
    }
    movedBack++;
    boolean wide =
        known.of(shard).position().isAfter(stored) || group.major() - stored.major() > WIDE;
    LOG.atLevel(wide ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.DEBUG)
        .log(
            "{}: the database has shard {} up to {}, the group on the bus has acknowledged up to {}: the database went"
                + " back, or its mark was late. Reading again from there",
            settings.group(),
            shard,
            stored,
            group);
  }

  private Mark acceptLoss(int shard, Mark mark, String lost) {
    ports.metrics().error("ticks", "log_lost");
    if (!settings.acceptDataLoss()) {
      throw new DataException(
          lost
              + ". If this is not the log that the group reads, check the address of the bus; if it is, start with"
              + " --accept-data-loss to go on with what it has");
    }
    LOG.warn("{}; going on, as --accept-data-loss says", lost);
    lossAccepted = true;
    Mark after = new Mark(log.afterLoss(shard, mark), Optional.empty());
    ports
        .checkpoints()
        .lowerMarks(settings.group(), settings.topic(), Map.of(shard, after.position()));
    return after;
  }

  /// Others compare their own with it. A row must be there to hold it.
  private void noteSettings() {
    if (!noted && !known.byShard().isEmpty()) {
      ports
          .checkpoints()
          .noteMaxFuture(settings.group(), settings.topic(), settings.maxFutureMicros());
      noted = true;
    }
  }

  /// Raises the marks, at most once a second.
  void raise() {
    Instant now = ports.clock().instant();
    if (!now.isBefore(nextRaise)) {
      raiseNow();
      nextRaise = now.plus(RAISE_EVERY);
    }
  }

  /// A log that is not the known one any more, or a database that went back, leaves the marks as
  /// they are and is looked into with the next poll.
  void raiseNow() {
    if (!doubts.isEmpty()) {
      mustLookAtOthers = true;
      return;
    }
    Failpoint.TICKS_BEFORE_LOW_WATER.pass();
    Map<Integer, Mark> next = new TreeMap<>();
    for (int shard = 0; shard < settings.shards(); shard++) {
      Position low = subscription.lowWater(shard);
      Mark mark = known.of(shard);
      if (low.isAfter(mark.position()) || !known.byShard().containsKey(shard)) {
        if (mark.anchor().isPresent() && !log.isThere(shard, mark.anchor().get())) {
          mustLook = true;
          return;
        }
        Optional<Anchor> anchor = subscription.anchorBefore(shard, low);
        next.put(shard, new Mark(low, anchor.or(mark::anchor)));
      }
    }
    StoredMarks stored =
        next.isEmpty()
            ? ports.checkpoints().marks(settings.group(), settings.topic())
            : ports
                .checkpoints()
                .raiseMarks(settings.group(), settings.topic(), settings.shards(), known, next);
    if (stored.server().equals(known.server()) && !stored.wentBackSince(known)) {
      known = stored;
      noteSettings();
    } else {
      mustLook = true;
    }
  }
}
