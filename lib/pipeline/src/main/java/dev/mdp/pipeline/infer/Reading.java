package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.JudgedBy.Reach;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.MarketEvent;
import java.util.Optional;

/// Where an owner begins to read: at the checkpoint's resume position, or further back when its
/// features look back further than that position is enough for, as far as the log goes.
///
/// Of a live lane an entry with an event time of T or later was appended at T − `max_future_ms` or
/// later, or it was a dead letter; so what a horizon needs is found by append time. A replay's
/// entries say nothing of the kind: for an evaluated one the log is read from its first entry.
///
/// @param from the first entry to read
/// @param wanted what the features need of the log
/// @param covered what the resume position is enough for; empty where that is not known
/// @param clockMicros the log's clock as far as the checkpoint knows it
/// @param further whether reading begins before the resume position
/// @param logHeadTrimmed whether entries that were wanted may be gone from the log
/// @param largestMaxFuture no entry that was taken is further ahead of its append time
record Reading(
    Position from,
    Reach wanted,
    Optional<Reach> covered,
    long clockMicros,
    boolean further,
    boolean logHeadTrimmed,
    long largestMaxFuture) {
  /// @param wanted what the features need
  /// @param maxFutureMicros as configured now
  static Reading of(
      Checkpoint checkpoint, Reach wanted, long maxFutureMicros, ShardSubscription log) {
    Position resume = checkpoint.resumePosition();
    Optional<Reach> covered = checkpoint.judgedBy().reach();
    long ahead = checkpoint.judgedBy().largestMaxFuture(maxFutureMicros);
    Reading atResume =
        new Reading(resume, wanted, covered, clock(checkpoint, covered), false, false, ahead);
    Position from = resume;
    if (!atResume.isEnough() && !checkpoint.position().equals(Position.START)) {
      for (LaneProgress lane : checkpoint.lanes()) {
        Position needed = atResume.needed(lane, log);
        from = from.isAfter(needed) ? needed : from;
      }
    }
    return from.equals(resume) ? atResume : atResume.from(from, log.bounds());
  }

  private Reading from(Position wantedFrom, LogBounds bounds) {
    Position first = bounds.first().orElse(from);
    boolean begins = first.compareTo(wantedFrom) >= 0;
    Position place = begins ? first : wantedFrom;
    return place.isAfter(from)
        ? this
        : new Reading(
            place,
            wanted,
            covered,
            clockMicros,
            true,
            begins && bounds.headTrimmed(),
            largestMaxFuture);
  }

  private static long clock(Checkpoint checkpoint, Optional<Reach> covered) {
    return checkpoint.lanes().stream()
        .mapToLong(LaneProgress::lastAppendMicros)
        .reduce(covered.map(Reach::clockMicros).orElse(LaneProgress.BEFORE_ALL), Math::max);
  }

  private boolean isEnough() {
    return covered.isPresent()
        && covered.get().micros() >= wanted.micros()
        && covered.get().silenceMicros() >= wanted.silenceMicros();
  }

  private Position needed(LaneProgress lane, ShardSubscription log) {
    if (lane.watermarkMicros() == LaneProgress.BEFORE_ALL || restarts(lane)) {
      return from;
    }
    return lane.lane().equals(MarketEvent.LIVE)
        ? log.appendedSince(lane.watermarkMicros() - wanted.micros() - largestMaxFuture)
        : Position.START;
  }

  /// Whether the lane's next tick begins its horizons again, wherever reading begins.
  boolean restarts(LaneProgress lane) {
    return lane.beginsWithNext() || isOver(lane) || isSilent(lane, wanted);
  }

  /// Whether nothing has come since the lane's last end or silence that belongs to a horizon.
  private static boolean isOver(LaneProgress lane) {
    return lane.watermarkMicros() != LaneProgress.BEFORE_ALL
        && lane.watermarkMicros() == lane.quietThroughMicros();
  }

  /// Whether the resume position does not hold the lane's entries: it had been silent for so long,
  /// or what it holds is not known.
  boolean wasLetGo(LaneProgress lane) {
    return covered.map(reach -> isSilent(lane, reach)).orElse(true);
  }

  private boolean isSilent(LaneProgress lane, Reach reach) {
    return clockMicros - lane.lastAppendMicros() > reach.silenceMicros();
  }

  /// What a commit's resume position is enough for.
  ///
  /// @param isEnough whether it is for the features
  /// @param newClockMicros the log's clock
  Optional<Reach> reachOf(boolean isEnough, long newClockMicros) {
    long clock = Math.max(clockMicros, newClockMicros);
    return isEnough
        ? Optional.of(wanted.at(clock))
        : covered.map(reach ->
            new Reach(
                reach.micros(), Math.min(reach.silenceMicros(), wanted.silenceMicros()), clock));
  }

  /// From which event time on everything of this lane is read, when reading begins with an entry
  /// that was appended then.
  long knownFrom(LaneProgress lane, long firstAppendMicros) {
    long heldFrom = wasLetGo(lane) ? lane.watermarkMicros() + 1 : stateReaches(lane);
    return lane.lane().equals(MarketEvent.LIVE)
        ? Math.min(firstAppendMicros + largestMaxFuture + 1, heldFrom)
        : heldFrom;
  }

  /// Up to which event time the stored state tells the last price; before all where that is not
  /// known.
  long stateReaches(LaneProgress lane) {
    return covered
        .map(reach -> lane.watermarkMicros() - reach.micros())
        .orElse(LaneProgress.BEFORE_ALL);
  }
}
