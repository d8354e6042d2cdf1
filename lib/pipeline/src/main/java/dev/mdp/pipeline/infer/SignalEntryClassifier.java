package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.JudgedBy;
import dev.mdp.core.store.Outcome;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.window.LaneKey;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.HashSet;
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
  private final JudgedBy judgedBy;
  private final long maxFutureMicros;
  private final Lanes lanes;
  private final Ledger ledger;
  private final ShardDeadLetters deadLetters;
  private final ConflictNotices conflicts;
  private final Set<SymbolEvaluation> changed;

  /// Lanes that were not evaluated when the checkpoint was made, and are now.
  private final Set<LaneKey> passedOver = new HashSet<>();

  private long lastLiveAppend = Long.MIN_VALUE;

  /// @param judgedBy what classified the entries that are read again
  /// @param maxFutureMicros classifies all others
  /// @param changed takes the symbols whose stored state is no longer theirs
  SignalEntryClassifier(
      String group,
      boolean includeReplays,
      TumblingWindows windows,
      JudgedBy judgedBy,
      long maxFutureMicros,
      Lanes lanes,
      Ledger ledger,
      ShardDeadLetters deadLetters,
      ConflictNotices conflicts,
      Set<SymbolEvaluation> changed) {
    this.changed = changed;
    this.group = group;
    this.includeReplays = includeReplays;
    this.windows = windows;
    this.judgedBy = judgedBy;
    this.maxFutureMicros = maxFutureMicros;
    this.lanes = lanes;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.conflicts = conflicts;
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
      windows.closeThroughWatermark(tick.provider(), tick.lane());
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
    } else if (!includeReplays) {
      return Outcome.FILTERED;
    }
    if (!windows.hasRoomFor(event.provider(), event.lane(), known)) {
      if (known) {
        passedOver.add(new LaneKey(event.provider(), event.lane()));
      } else {
        deadLetters.tooManyLanes(delivery);
      }
      return Outcome.DEAD_LETTERED;
    }
    if (!known
        && !passedOver.isEmpty()
        && passedOver.remove(new LaneKey(event.provider(), event.lane()))) {
      windows.beginWithNext(event.provider(), event.lane());
    }
    return switch (event) {
      case Tick tick -> tick(delivery, tick, known);
      case BarEvent _ -> Outcome.FILTERED;
      case LaneEnd end when known && lanes.of(end.provider(), end.lane()).isWhole() ->
          Outcome.RECOVERED;
      case LaneEnd end -> {
        windows.end(
            end.provider(), end.lane(), delivery.position(), delivery.appendMicros(), false);
        windows.closeThroughWatermark(end.provider(), end.lane());
        lanes.ended(end.provider(), end.lane());
        yield Outcome.FILTERED;
      }
    };
  }

  private Outcome tick(Delivery.Decoded delivery, Tick tick, boolean known) {
    long maxFuture =
        known ? judgedBy.maxFutureOf(delivery.position(), maxFutureMicros) : maxFutureMicros;
    if (TumblingWindows.isFuture(tick, delivery.appendMicros(), maxFuture)) {
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
    long before = windows.watermark(tick.provider(), tick.lane());
    Outcome outcome = windows.fold(tick, delivery.position(), delivery.appendMicros(), false);
    lane.folded(before, windows.watermark(tick.provider(), tick.lane()), delivery.position());
    if (outcome == Outcome.CONFLICT && !known) {
      conflicts.report(group, tick.provider());
    }
    return outcome == Outcome.OPEN ? Outcome.AGGREGATED : outcome;
  }
}
