package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import dev.mdp.core.error.DataException;
import dev.mdp.core.fault.Failpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Keeps the tick group's low-water marks in the database, and holds them against the log and the
/// group's place on the bus. What is stored is what the database says: after it was restored, or an
/// older replica took its place, what the group acknowledged before means nothing.
///
/// So the group is moved to the mark, and the mark is aligned with that move (the generation of the
/// group) and with the server that gave it. An entry that was given before a move cannot be
/// acknowledged after it. While mark, server and generation agree, every acknowledged entry was
/// committed to this server; only then is a mark raised. Looks before the first read and after
/// every error. One thread.
final class TickMarks {
  private static final Logger LOG = LoggerFactory.getLogger(TickMarks.class);
  private static final Duration RAISE_EVERY = Duration.ofSeconds(1);

  /// A gap between mark and group that is wider than a mark is late as a rule: milliseconds on
  /// Redis, entries on Kafka.
  private static final long WIDE = 5_000;

  private final TickSettings settings;
  private final TickPorts ports;
  private final CompetingSubscription subscription;
  private final TickLog log;
  private final ShardDoubts doubts;

  /// As they were last read, when no shard was in doubt.
  private StoredMarks known = StoredMarks.UNKNOWN;

  private Instant nextRaise;
  private boolean noted;
  private boolean lossAccepted;
  private long movedBack;

  TickMarks(TickSettings settings, TickPorts ports, CompetingSubscription subscription) {
    this.settings = settings;
    this.ports = ports;
    this.subscription = subscription;
    this.log = new TickLog(settings, ports, subscription);
    this.doubts = new ShardDoubts(settings.shards(), subscription, ports.clock());
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
    doubts.doubtAll();
    noted = false;
  }

  boolean isSettled() {
    return doubts.isSettled();
  }

  /// Looks, and moves the group where it must be. Returns the shards of which nothing that is held
  /// may be used any more. Throws [DataException] when the log is another one or was cut.
  Set<Integer> settle() {
    doubts.look(); // first: marks follow it
    StoredMarks stored = ports.checkpoints().marks().marks(settings.group(), settings.topic());
    Set<Integer> moved = new TreeSet<>();
    for (int shard : doubts.shards()) {
      stored = settle(shard, stored, moved);
    }
    if (doubts.isEmpty()) {
      known = stored;
    }
    return moved;
  }

  private StoredMarks settle(int shard, StoredMarks stored, Set<Integer> moved) {
    ShardDoubts.Place group = doubts.place(shard);
    Mark mark = stored.of(shard);
    Optional<String> lost = log.lost(shard, mark);
    if (lost.isPresent()) {
      mark = acceptLoss(shard, mark, lost.get());
      return move(shard, stored.with(shard, mark), moved);
    }
    boolean aligned = mark.alignment().equals(new Alignment(stored.server(), group.generation()));
    boolean begun =
        group.lowWater().equals(Position.START) && mark.position().isAfter(Position.START);
    boolean wide = isWide(mark.position(), group.last());
    if (aligned && !begun && !wide) {
      doubts.settled(shard);
    } else if (!aligned || begun || doubts.isLateOver()) {
      tellMove(shard, begun, mark.position(), group.last());
      return move(shard, stored, moved);
    }
    return stored;
  }

  /// Someone moved the group on by hand, or no one raises the marks: what is between is read again.
  private static boolean isWide(Position stored, Position group) {
    return group.isAfter(stored) && group.major() - stored.major() > WIDE;
  }

  private StoredMarks move(int shard, StoredMarks stored, Set<Integer> moved) {
    Mark mark = stored.of(shard);
    Optional<String> generation = subscription.moveTo(shard, mark.position());
    if (generation.isEmpty()) {
      doubts.leaveToOthers(shard);
      return stored;
    }
    moved.add(shard);
    Alignment alignment = new Alignment(stored.server(), generation.get());
    CheckpointKey key = new CheckpointKey(settings.group(), settings.topic(), shard);
    if (ports.checkpoints().marks().align(key, settings.shards(), alignment)) {
      doubts.settled(shard);
    } else {
      doubts.doubtAll(); // yet another server
    }
    return stored.with(shard, new Mark(mark.position(), mark.anchor(), alignment));
  }

  private void tellMove(int shard, boolean begun, Position stored, Position group) {
    if (begun) {
      LOG.info(
          "{}: the group is new on the bus; shard {} continues after {}, where the database has it",
          settings.group(),
          shard,
          stored);
    } else if (group.isAfter(stored)) {
      movedBack++;
      boolean lost = known.of(shard).position().isAfter(stored) || isWide(stored, group);
      LOG.atLevel(lost ? Level.WARN : Level.DEBUG)
          .log(
              "{}: the database has shard {} up to {}, the group on the bus has acknowledged up to"
                  + " {}: the database went back, or its mark was late. Reading again from there",
              settings.group(),
              shard,
              stored,
              group);
    }
  }

  private Mark acceptLoss(int shard, Mark mark, String lost) {
    ports.metrics().error("ticks", "log_lost");
    if (!settings.acceptDataLoss()) {
      throw new DataException(
          lost
              + ". If this is not the log that the group reads, check the address of the bus; if it is, start with"
              + " --accept-data-loss to continue with what it has");
    }
    LOG.warn("{}; continuing, as --accept-data-loss says", lost);
    lossAccepted = true;
    Mark after = new Mark(log.afterLoss(shard, mark), Optional.empty(), Alignment.NONE);
    ports
        .checkpoints()
        .marks()
        .lowerMarks(settings.group(), settings.topic(), Map.of(shard, after.position()));
    return after;
  }

  /// Others compare their own with it.
  private void noteSettings() {
    if (!noted) {
      ports
          .checkpoints()
          .marks()
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
      doubts.doubtOthers();
      return;
    }
    Failpoint.TICKS_BEFORE_LOW_WATER.pass();
    Map<Integer, Mark> next = new TreeMap<>();
    for (int shard = 0; shard < settings.shards(); shard++) {
      Position low = subscription.lowWater(shard);
      Mark mark = known.of(shard);
      if (low.isAfter(mark.position()) || !known.byShard().containsKey(shard)) {
        if (!isAsKnown(shard, mark)) {
          doubts.doubtAll();
          return;
        }
        Optional<LogAnchor> anchor = subscription.anchorBefore(shard, low);
        next.put(shard, new Mark(low, anchor.or(mark::anchor), mark.alignment()));
      }
    }
    StoredMarks stored =
        next.isEmpty()
            ? ports.checkpoints().marks().marks(settings.group(), settings.topic())
            : ports
                .checkpoints()
                .marks()
                .raiseMarks(settings.group(), settings.topic(), settings.shards(), known, next);
    if (stored.server().equals(known.server()) && !stored.wentBackSince(known)) {
      known = stored;
      noteSettings();
    } else {
      doubts.doubtAll();
    }
  }

  /// The low-water mark that was just read is of this log, and of the generation that this server
  /// is aligned with.
  private boolean isAsKnown(int shard, Mark mark) {
    Alignment now = new Alignment(known.server(), subscription.generation(shard));
    return mark.alignment().equals(now)
        && (mark.anchor().isEmpty() || log.isThere(shard, mark.anchor().get()));
  }
}
