package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.core.checkpoint.Repairs.Cause;
import dev.mdp.core.checkpoint.Repairs.LaneRef;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Tick;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The sealed windows that refills had trades for, between two commits. One thread.
final class FoundRepairs {
  private final Map<PendingRepair, Cause> found = new HashMap<>();
  private final Set<LaneRef> ended = new HashSet<>();

  /// A tick of a fill lane missed its windows of these intervals.
  void missed(Tick tick, List<Interval> intervals, Position entry) {
    for (Interval interval : intervals) {
      found.put(
          new PendingRepair(
              tick.provider(), tick.symbol(), interval, interval.start(tick.srcMicros())),
          new Cause(tick.lane(), entry));
    }
  }

  void ended(LaneEnd end) {
    ended.add(new LaneRef(end.provider(), end.lane()));
  }

  boolean isEmpty() {
    return found.isEmpty() && ended.isEmpty();
  }

  /// What a commit notes.
  ///
  /// @param done the windows whose bars are in it, computed again
  Repairs with(List<PendingRepair> done) {
    return new Repairs(
        found, ended, done.stream().filter(each -> !found.containsKey(each)).toList());
  }

  void clear() {
    found.clear();
    ended.clear();
  }
}
