package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.JudgedBy;
import dev.mdp.core.store.Outcome;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.ArrayList;
import java.util.List;

/// Decides what becomes of each entry of a shard: exactly one outcome, which goes to the ledger;
/// folds what is a tick, keeps what is a bar, hands over what is dead. One thread.
final class EntryClassifier {
  private final String group;
  private final List<Interval> intervals;
  private final TumblingWindows windows;
  private final JudgedBy judgedBy;
  private final long maxFutureMicros;
  private final Ledger ledger;
  private final ShardDeadLetters deadLetters;
  private final LateEvents late;
  private final ConflictNotices conflicts;
  private final CommitMetrics counted;
  private final List<Bar> externalBars = new ArrayList<>();
  private long minMicros = Long.MAX_VALUE;
  private long maxMicros = Long.MIN_VALUE;

  /// @param intervals what is built here, and so is not a bar from outside
  /// @param judgedBy what classified the entries that are read again
  /// @param maxFutureMicros classifies all others
  EntryClassifier(
      String group,
      List<Interval> intervals,
      TumblingWindows windows,
      JudgedBy judgedBy,
      long maxFutureMicros,
      Ledger ledger,
      ShardDeadLetters deadLetters,
      LateEvents late,
      ConflictNotices conflicts,
      CommitMetrics counted) {
    this.group = group;
    this.intervals = intervals;
    this.windows = windows;
    this.judgedBy = judgedBy;
    this.maxFutureMicros = maxFutureMicros;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.late = late;
    this.conflicts = conflicts;
    this.counted = counted;
  }

  /// @param recovering the entry was classified before the last restart
  void classify(Delivery delivery, boolean recovering) {
    windows.observeAppend(delivery.appendMicros());
    switch (delivery) {
      case Delivery.Malformed malformed -> {
        if (recovering) {
          ledger.count(malformed.provider(), Outcome.RECOVERED);
        } else {
          ledger.count(malformed.provider(), Outcome.DEAD_LETTERED);
          deadLetters.malformed(malformed);
        }
      }
      case Delivery.Decoded decoded -> {
        Outcome outcome = outcome(decoded, recovering);
        ledger.count(decoded.event().provider(), recovering ? Outcome.RECOVERED : outcome);
      }
    }
  }

  /// Bars from outside since the last commit.
  List<Bar> externalBars() {
    return externalBars;
  }

  /// The smallest event time since the last commit, or `Long.MAX_VALUE`.
  long minMicros() {
    return minMicros;
  }

  /// The largest event time since the last commit, or `Long.MIN_VALUE`.
  long maxMicros() {
    return maxMicros;
  }

  /// What was classified is committed.
  void committed() {
    externalBars.clear();
    minMicros = Long.MAX_VALUE;
    maxMicros = Long.MIN_VALUE;
    late.commit();
  }

  private Outcome outcome(Delivery.Decoded delivery, boolean recovering) {
    return switch (delivery.event()) {
      case Tick tick -> tick(delivery, tick, recovering);
      case BarEvent bar -> bar(delivery, bar, recovering);
      case LaneEnd end -> end(delivery, end, recovering);
    };
  }

  private Outcome tick(Delivery.Decoded delivery, Tick tick, boolean recovering) {
    long maxFuture =
        recovering ? judgedBy.maxFutureOf(delivery.position(), maxFutureMicros) : maxFutureMicros;
    if (TumblingWindows.isFuture(tick, delivery.appendMicros(), maxFuture)) {
      if (!recovering) {
        deadLetters.future(delivery, tick);
      }
      return Outcome.DEAD_LETTERED;
    }
    if (!windows.hasRoomFor(tick.provider(), tick.lane(), recovering)) {
      return tooManyLanes(delivery, recovering);
    }
    Outcome outcome = windows.fold(tick, delivery.position(), delivery.appendMicros(), recovering);
    if (!recovering) {
      note(tick.srcMicros());
      reportAnomaly(delivery, tick, outcome);
      if (tick.lane().equals(MarketEvent.LIVE)) {
        counted.observeAppend(delivery.appendMicros());
      }
    }
    return outcome;
  }

  /// What a person should hear of: late events and conflicts. Rare.
  private void reportAnomaly(Delivery.Decoded delivery, Tick tick, Outcome outcome) {
    boolean missed = windows.missedAny();
    if (missed || outcome == Outcome.REVISED_LATE) {
      long behind = windows.behindWatermark(tick);
      late.report(tick, behind);
      if (missed) {
        deadLetters.sealed(delivery, windows.missed(), behind);
      }
    }
    if (outcome == Outcome.CONFLICT) {
      conflicts.report(group, tick.provider());
    }
  }

  private Outcome bar(Delivery.Decoded delivery, BarEvent event, boolean recovering) {
    if (!windows.hasRoomFor(event.provider(), event.lane(), recovering)) {
      return tooManyLanes(delivery, recovering);
    }
    windows.touch(
        event.provider(), event.lane(), delivery.position(), delivery.appendMicros(), recovering);
    if (intervals.contains(event.bar().interval())) {
      if (!recovering) {
        deadLetters.intervalConflict(delivery, event.bar());
      }
      return Outcome.DEAD_LETTERED;
    }
    if (!recovering) {
      note(event.bar().startMicros());
      externalBars.add(event.bar());
    }
    return Outcome.AGGREGATED;
  }

  private Outcome end(Delivery.Decoded delivery, LaneEnd end, boolean recovering) {
    if (!windows.hasRoomFor(end.provider(), end.lane(), recovering)) {
      return tooManyLanes(delivery, recovering);
    }
    windows.end(
        end.provider(), end.lane(), delivery.position(), delivery.appendMicros(), recovering);
    return Outcome.FILTERED;
  }

  private Outcome tooManyLanes(Delivery.Decoded delivery, boolean recovering) {
    if (!recovering) {
      deadLetters.tooManyLanes(delivery);
    }
    return Outcome.DEAD_LETTERED;
  }

  private void note(long srcMicros) {
    minMicros = Math.min(minMicros, srcMicros);
    maxMicros = Math.max(maxMicros, srcMicros);
  }
}
