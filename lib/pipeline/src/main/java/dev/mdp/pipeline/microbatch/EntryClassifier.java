package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.FutureLimit;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.window.FoldResult;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.List;

/// Decides what becomes of each entry of a shard: exactly one outcome, which goes to the ledger;
/// folds what is a tick, keeps what is a bar, hands over what is dead. One thread.
final class EntryClassifier {
  private final String group;
  private final List<Interval> intervals;
  private final TumblingWindows windows;
  private final FutureLimit futureLimit;
  private final Ledger ledger;
  private final ShardDeadLetters deadLetters;
  private final LateEvents late;
  private final ConflictNotices conflicts;
  private final CommitMetrics counted;
  private final ToCommit toCommit = new ToCommit();
  private boolean began;

  /// @param intervals what is built here, and so is not a bar from outside
  EntryClassifier(
      String group,
      List<Interval> intervals,
      TumblingWindows windows,
      FutureLimit futureLimit,
      Ledger ledger,
      ShardDeadLetters deadLetters,
      LateEvents late,
      ConflictNotices conflicts,
      CommitMetrics counted) {
    this.group = group;
    this.intervals = intervals;
    this.windows = windows;
    this.futureLimit = futureLimit;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.late = late;
    this.conflicts = conflicts;
    this.counted = counted;
  }

  /// @param recovering the entry was classified before the last restart
  /// @return whether the entry may be the first one needed some time
  boolean classify(Delivery delivery, boolean recovering) {
    began = false;
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
    return began;
  }

  /// What was gathered since the last commit.
  ToCommit toCommit() {
    return toCommit;
  }

  /// What was classified is committed.
  void committed() {
    toCommit.clear();
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
    if (futureLimit.isExceededBy(tick, delivery, recovering)) {
      if (!recovering) {
        deadLetters.future(delivery, tick);
      }
      return Outcome.DEAD_LETTERED;
    }
    if (!windows.hasRoomFor(tick.provider(), tick.lane(), recovering)) {
      return tooManyLanes(delivery, recovering);
    }
    FoldResult folded =
        windows.fold(tick, delivery.position(), delivery.appendMicros(), recovering);
    began = folded.began();
    if (!recovering) {
      toCommit.handled().observe(tick.srcMicros());
      if (Lanes.isFill(tick.lane())) {
        toCommit.repairs().missed(tick, folded.missed(), delivery.position());
      } else {
        reportAnomaly(delivery, tick, folded);
      }
      if (tick.lane().equals(MarketEvent.LIVE)) {
        counted.observeAppend(delivery.appendMicros());
      }
    }
    return folded.outcome();
  }

  /// What a person should hear of: late events and conflicts. Rare.
  private void reportAnomaly(Delivery.Decoded delivery, Tick tick, FoldResult folded) {
    if (folded.missedAny() || folded.outcome() == Outcome.REVISED_LATE) {
      late.report(tick, folded.behindMicros());
      if (folded.missedAny()) {
        deadLetters.sealed(delivery, folded.missed(), folded.behindMicros());
      }
    }
    if (folded.outcome() == Outcome.CONFLICT) {
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
      toCommit.handled().observe(event.bar().startMicros());
      toCommit.externalBars().add(event.bar());
    }
    return Outcome.AGGREGATED;
  }

  private Outcome end(Delivery.Decoded delivery, LaneEnd end, boolean recovering) {
    if (!windows.hasRoomFor(end.provider(), end.lane(), recovering)) {
      return tooManyLanes(delivery, recovering);
    }
    if (!recovering && Lanes.isFill(end.lane())) {
      toCommit.repairs().ended(end);
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
}
