package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.JudgedBy.Reach;
import dev.mdp.core.store.LaneProgress;
import java.util.Optional;

/// Where an owner begins to read: at the checkpoint's resume position, or further back when its
/// features look back further than that position is enough for, as far as the log goes.
///
/// Of a live lane an entry with an event time of T or later was appended at T − `max_future_ms` or
/// later, or it was a dead letter; so what a horizon needs is found by append time. A replay's
/// entries say nothing of the kind: for an evaluated one the log is read from its first entry.
///
/// @param from the first entry to read
/// @param covered what the resume position is enough for; empty where that is not known
/// @param further whether reading begins before the resume position
/// @param isSilenceLonger whether a lane must be silent for longer than it had to be, or than is
///   known, before its horizons begin again
/// @param headIsMissing whether entries that were wanted may be gone from the log
/// @param largestMaxFuture no entry that was taken is further ahead of its append time
record Reading(
    Position from,
    Optional<Reach> covered,
    boolean further,
    boolean isSilenceLonger,
    boolean headIsMissing,
    long largestMaxFuture) {
  /// @param wanted what the features need
  /// @param maxFutureMicros as configured now
  static Reading of(
      Checkpoint checkpoint, Reach wanted, long maxFutureMicros, ShardSubscription log) {
    Position resume = checkpoint.resumePosition();
    Optional<Reach> covered = checkpoint.judgedBy().reach();
    long ahead = checkpoint.judgedBy().largestMaxFuture(maxFutureMicros);
    boolean longer = covered.isEmpty() || covered.get().silenceMicros() < wanted.silenceMicros();
    Position from = resume;
    if (!isEnough(covered, wanted) && !checkpoint.position().equals(Position.START)) {
      for (LaneProgress lane : checkpoint.lanes()) {
        Position needed = needed(lane, checkpoint, wanted, ahead, log);
        from = from.isAfter(needed) ? needed : from;
      }
    }
    if (from.equals(resume)) {
      return new Reading(resume, covered, false, longer, false, ahead);
    }
    LogBounds bounds = log.bounds();
    Position first = bounds.first().orElse(resume);
    boolean begins = first.compareTo(from) >= 0;
    Position place = begins ? first : from;
    return place.isAfter(resume)
        ? new Reading(resume, covered, false, longer, false, ahead)
        : new Reading(place, covered, true, longer, begins && bounds.headTrimmed(), ahead);
  }

  private static boolean isEnough(Optional<Reach> covered, Reach wanted) {
    return covered.isPresent()
        && covered.get().micros() >= wanted.micros()
        && covered.get().silenceMicros() >= wanted.silenceMicros();
  }

  private static Position needed(
      LaneProgress lane, Checkpoint checkpoint, Reach wanted, long ahead, ShardSubscription log) {
    if (lane.watermarkMicros() == LaneProgress.BEFORE_ALL
        || Lanes.beginsAnew(lane, checkpoint.lanes(), wanted.silenceMicros())) {
      return checkpoint.resumePosition();
    }
    return lane.lane().equals(MarketEvent.LIVE)
        ? log.appendedSince(lane.watermarkMicros() - wanted.micros() - ahead)
        : Position.START;
  }

  /// From which event time on everything of this lane is read, when reading begins with an entry
  /// that was appended then.
  long knownFrom(LaneProgress lane, long firstAppendMicros) {
    long protectedFrom =
        covered
            .map(reach -> lane.watermarkMicros() - reach.micros())
            .orElse(lane.watermarkMicros() + 1);
    return lane.lane().equals(MarketEvent.LIVE)
        ? Math.min(firstAppendMicros + largestMaxFuture + 1, protectedFrom)
        : protectedFrom;
  }

  /// The same when entries were cut off the log while it was read.
  long knownFrom(LaneProgress lane) {
    return knownFrom(lane, Long.MAX_VALUE / 4);
  }
}
