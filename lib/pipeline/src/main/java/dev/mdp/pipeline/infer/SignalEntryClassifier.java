package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.FutureLimit;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.window.FoldResult;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.Optional;
import java.util.Set;

/// Decides what becomes of each entry of an evaluated shard: exactly one outcome, which goes to the
/// ledger; folds what is a tick. Bars, and unless they are asked for replays, are filtered out. One
/// thread.
///
/// A tick counts as aggregated at once: nothing is handed over that holds it alone.
final class SignalEntryClassifier {
  private final String group;
  private final boolean includeReplays;
  private final TumblingWindows windows;
  private final FutureLimit futureLimit;
  private final Lanes lanes;
  private final Ledger ledger;
  private final ShardDeadLetters deadLetters;
  private final ConflictNotices conflicts;
  private final Set<SymbolEvaluation> changed;
  private final LaneAdmission admission;
  private long lastLiveAppend = Long.MIN_VALUE;

  /// @param changed takes the symbols whose stored state is no longer theirs
  SignalEntryClassifier(
      String group,
      boolean includeReplays,
      TumblingWindows windows,
      FutureLimit futureLimit,
      Lanes lanes,
      Ledger ledger,
      ShardDeadLetters deadLetters,
      ConflictNotices conflicts,
      Set<SymbolEvaluation> changed) {
    this.changed = changed;
    this.group = group;
    this.includeReplays = includeReplays;
    this.windows = windows;
    this.futureLimit = futureLimit;
    this.lanes = lanes;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.conflicts = conflicts;
    this.admission = new LaneAdmission(windows);
  }

  /// @param known the entry was classified before the last restart
  void classify(Delivery delivery, boolean known) {
    windows.observeAppend(delivery.appendMicros());
    switch (delivery) {
      case Delivery.Malformed malformed -> {
        ledger.count(malformed.provider(), known ? Outcome.RECOVERED : Outcome.DEAD_LETTERED);
        if (!known) {
          deadLetters.malformed(malformed);
        }
      }
      case Delivery.Decoded decoded -> {
        Outcome outcome = outcome(decoded, known);
        ledger.count(decoded.event().provider(), known ? Outcome.RECOVERED : outcome);
      }
    }
  }

  /// Whether this is the first tick of a lane after so long that its horizons begin again: then
  /// what is open of it is closed, and must be evaluated before.
  boolean endsSilence(Delivery delivery) {
    if (delivery instanceof Delivery.Decoded decoded
        && decoded.event() instanceof Tick tick
        && isSilent(delivery, tick)) {
      windows.lane(tick.provider(), tick.lane()).closeThroughWatermark();
      return true;
    }
    return false;
  }

  private boolean isSilent(Delivery delivery, Tick tick) {
    long newest = Math.max(windows.newestAppend(), delivery.appendMicros());
    return lanes
        .find(tick.provider(), tick.lane())
        .filter(lane -> lane.isSilent(newest))
        .isPresent();
  }

  /// When the last live entry was appended, or `Long.MIN_VALUE`.
  long lastLiveAppend() {
    return lastLiveAppend;
  }

  private Outcome outcome(Delivery.Decoded delivery, boolean known) {
    MarketEvent event = delivery.event();
    if (event.lane().equals(MarketEvent.LIVE)) {
      lastLiveAppend = delivery.appendMicros();
    } else if (isFill(event)) {
      return fill(delivery, event, known);
    } else if (!includeReplays) {
      return Outcome.FILTERED;
    }
    if (!admission.admits(event, known)) {
      if (!known) {
        deadLetters.tooManyLanes(delivery);
      }
      return Outcome.DEAD_LETTERED;
    }
    return switch (event) {
      case Tick tick -> tick(delivery, tick, known);
      case BarEvent _ -> Outcome.FILTERED;
      case LaneEnd end when known && lanes.of(end.provider(), end.lane()).isWhole() ->
          Outcome.RECOVERED;
      case LaneEnd end -> {
        windows.end(
            end.provider(), end.lane(), delivery.position(), delivery.appendMicros(), false);
        windows.lane(end.provider(), end.lane()).closeThroughWatermark();
        lanes.ended(end.provider(), end.lane());
        yield Outcome.FILTERED;
      }
    };
  }

  private static boolean isFill(MarketEvent event) {
    return dev.mdp.core.event.Lanes.isFill(event.lane());
  }

  /// What fills a hole of the live lane goes into those of its slices that are not sealed: signals
  /// that were given stand, later ones have it.
  private Outcome fill(Delivery.Decoded delivery, MarketEvent event, boolean known) {
    if (!(event instanceof Tick tick)) {
      return Outcome.FILTERED;
    }
    if (futureLimit.isExceededBy(tick, delivery, known)) {
      if (!known) {
        deadLetters.future(delivery, tick);
      }
      return Outcome.DEAD_LETTERED;
    }
    Optional<EvaluatedLane> live = lanes.find(tick.provider(), MarketEvent.LIVE);
    if (live.isEmpty()) {
      Tick first = tick.inLane(MarketEvent.LIVE);
      return admission.admits(first, known) ? tick(delivery, first, known) : Outcome.LATE_FILLED;
    }
    return known && live.get().isWhole()
        ? Outcome.RECOVERED
        : fold(delivery, tick, live.get(), known);
  }

  private Outcome tick(Delivery.Decoded delivery, Tick tick, boolean known) {
    if (futureLimit.isExceededBy(tick, delivery, known)) {
      if (!known) {
        deadLetters.future(delivery, tick);
      }
      return Outcome.DEAD_LETTERED;
    }
    EvaluatedLane lane = lanes.of(tick.provider(), tick.lane());
    if (known && lane.isWhole()) {
      return Outcome.RECOVERED;
    }
    changed.addAll(lane.touch(windows.newestAppend(), known));
    return fold(delivery, tick, lane, known);
  }

  private Outcome fold(Delivery.Decoded delivery, Tick tick, EvaluatedLane lane, boolean known) {
    FoldResult folded = windows.fold(tick, delivery.position(), delivery.appendMicros(), false);
    Outcome outcome = folded.outcome();
    lane.slices().folded(folded.watermarkBefore(), folded.watermark(), delivery.position());
    if (outcome == Outcome.CONFLICT && !known) {
      conflicts.report(group, tick.provider());
    }
    return outcome == Outcome.OPEN ? Outcome.AGGREGATED : outcome;
  }
}
