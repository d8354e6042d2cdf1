package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.Outcome;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.DeadLetterBox;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.Set;

/// Decides what becomes of each entry of an evaluated shard: exactly one outcome, which goes to the
/// ledger; folds what is a tick. Bars, and unless they are asked for replays, are filtered out. One
/// thread.
///
/// A tick counts as aggregated at once: nothing is handed over that holds it alone.
final class TickJudge {
  private final String group;
  private final boolean includeReplays;
  private final TumblingWindows windows;
  private final Lanes lanes;
  private final Ledger ledger;
  private final DeadLetterBox deadLetters;
  private final ConflictNotices conflicts;
  private final Set<SymbolEvaluation> changed;
  private long lastLiveAppend = Long.MIN_VALUE;

  /// @param changed takes the symbols whose stored state is no longer theirs
  TickJudge(
      String group,
      boolean includeReplays,
      TumblingWindows windows,
      Lanes lanes,
      Ledger ledger,
      DeadLetterBox deadLetters,
      ConflictNotices conflicts,
      Set<SymbolEvaluation> changed) {
    this.changed = changed;
    this.group = group;
    this.includeReplays = includeReplays;
    this.windows = windows;
    this.lanes = lanes;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.conflicts = conflicts;
  }

  /// @param known the entry was judged before the last restart
  void judge(Delivery delivery, boolean known) {
    windows.saw(delivery.appendMicros());
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

  /// Whether this is the first tick of a lane after so long that its horizons begin anew: what is
  /// open of it must be evaluated before.
  boolean endsSilence(Delivery delivery) {
    long newest = Math.max(windows.newestAppend(), delivery.appendMicros());
    return delivery instanceof Delivery.Decoded decoded
        && decoded.event() instanceof Tick tick
        && lanes
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
    if (!windows.hasRoomFor(event.provider(), event.lane(), false)) {
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
        windows.beginAfterWatermark(end.provider(), end.lane());
        lanes.ended(end.provider(), end.lane());
        yield Outcome.FILTERED;
      }
    };
  }

  private Outcome tick(Delivery.Decoded delivery, Tick tick, boolean known) {
    if (windows.isFuture(tick, delivery.appendMicros())) {
      if (!known) {
        deadLetters.future(delivery, tick);
      }
      return Outcome.DEAD_LETTERED;
    }
    EvaluatedLane lane = lanes.of(tick.provider(), tick.lane());
    if (known && lane.isWhole()) {
      return Outcome.RECOVERED;
    }
    if (lane.isSilent(windows.newestAppend())) {
      windows.beginAfterWatermark(tick.provider(), tick.lane());
    }
    changed.addAll(lane.touch(windows.newestAppend(), known));
    long before = windows.watermark(tick.provider(), tick.lane());
    Outcome outcome = windows.fold(tick, delivery.position(), delivery.appendMicros(), false);
    lane.folded(before, windows.watermark(tick.provider(), tick.lane()), delivery.position());
    if (outcome == Outcome.CONFLICT && !known) {
      conflicts.saw(group, tick.provider());
    }
    return outcome == Outcome.OPEN ? Outcome.AGGREGATED : outcome;
  }
}
