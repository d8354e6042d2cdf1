package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.JudgedBy.Reach;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.error.ConflictException;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.Optional;
import java.util.Set;

/// What is before the resume position as it is read once more for longer horizons: no one protects
/// it, so it may be gone: then the lanes begin where everything is known. Cut off while it is read,
/// it is read again from what is left. One thread.
final class Rereading {
  private final Reading reading;
  private final Checkpoint checkpoint;
  private final Lanes lanes;
  private final TumblingWindows windows;
  private final ShardSubscription log;
  private final Set<SymbolEvaluation> changed;
  private Position first = Position.START;
  private boolean over;

  /// @param changed takes the symbols whose stored state is no longer theirs
  Rereading(
      Reading reading,
      Checkpoint checkpoint,
      Lanes lanes,
      TumblingWindows windows,
      ShardSubscription log,
      Set<SymbolEvaluation> changed) {
    this.reading = reading;
    this.checkpoint = checkpoint;
    this.lanes = lanes;
    this.windows = windows;
    this.log = log;
    this.changed = changed;
    this.over = !reading.further();
  }

  /// Lanes of which nothing is read again though their next tick may not end a silence: after the
  /// shorter silence of the former features their entries were free to go.
  void beginWhatWasLetGo() {
    for (LaneProgress lane : checkpoint.lanes()) {
      if (lanes.of(lane.provider(), lane.lane()).isWhole()
          && lane.watermarkMicros() != LaneProgress.BEFORE_ALL
          && reading.wasLetGo(lane)
          && !reading.restarts(lane)) {
        forget(lane);
        windows.lane(lane.provider(), lane.lane()).beginNotBefore(lane.watermarkMicros() + 1);
      }
    }
  }

  /// What the state cannot tell of the lane's horizons is not known.
  private void forget(LaneProgress lane) {
    EvaluatedLane forgetful = lanes.of(lane.provider(), lane.lane());
    forgetful.forgetRestored();
    changed.addAll(forgetful.symbols().all());
  }

  /// See [Reading#reachOf].
  Optional<Reach> reachOf(boolean isEnough, long clockMicros) {
    return reading.reachOf(isEnough, clockMicros);
  }

  /// This entry is about to be classified.
  ///
  /// @throws ConflictException when entries may be missing among those that were read: the shard
  ///   must be claimed again
  void comes(Delivery delivery) {
    if (over) {
      return;
    }
    if (first.equals(Position.START)) {
      first = delivery.position();
      if (reading.logHeadTrimmed() || wasCutBefore(first)) {
        begin(delivery.appendMicros());
      }
    }
    if (!checkpoint.resumePosition().isAfter(delivery.position())) {
      over = true;
      if (!first.equals(delivery.position()) && !log.isWholeAfter(first)) {
        throw new ConflictException(
            "the log was trimmed while entries before "
                + checkpoint.resumePosition()
                + " were read again");
      }
    }
  }

  /// Whether entries may be gone that were there when it was decided where reading begins.
  private boolean wasCutBefore(Position entry) {
    if (entry.equals(reading.from())) {
      return false;
    }
    LogBounds bounds = log.bounds();
    return bounds.headTrimmed() && bounds.first().filter(entry::isAfter).isEmpty();
  }

  private void begin(long firstAppendMicros) {
    for (LaneProgress lane : checkpoint.lanes()) {
      EvaluatedLane read = lanes.of(lane.provider(), lane.lane());
      if (!read.isWhole()) {
        long known = reading.knownFrom(lane, firstAppendMicros);
        read.lostBefore(known);
        if (known > reading.stateReaches(lane)) {
          forget(lane);
        }
        windows.lane(lane.provider(), lane.lane()).beginNotBefore(known);
        // What would have shown the lane's last end or silence again may be gone too.
        windows.lane(lane.provider(), lane.lane()).quiet(lane.quietThroughMicros());
      }
    }
  }
}
