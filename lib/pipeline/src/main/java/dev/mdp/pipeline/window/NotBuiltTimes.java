package dev.mdp.pipeline.window;

import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.LaneProgress.NotBuilt;
import dev.mdp.core.event.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// When each interval of one lane was not built, because it was removed from the configuration and
/// perhaps added again. One thread.
final class NotBuiltTimes {
  private final SortedMap<Interval, List<NotBuilt>> byInterval = new TreeMap<>();

  /// @param removed intervals that the former owner built and this one does not
  void restore(LaneProgress progress, List<Interval> removed) {
    progress
        .notBuilt()
        .forEach((interval, times) -> byInterval.put(interval, new ArrayList<>(times)));
    removed.forEach(interval -> noteRemoved(interval, progress));
  }

  /// What was built of a removed interval ends with what is sealed of it.
  private void noteRemoved(Interval removed, LaneProgress progress) {
    List<NotBuilt> times = byInterval.computeIfAbsent(removed, _ -> new ArrayList<>());
    if (times.isEmpty() || !times.getLast().isOn()) {
      long begun = progress.beginsAt().getOrDefault(removed, LaneProgress.BEFORE_ALL);
      long from = progress.sealedThrough().getOrDefault(removed, begun);
      times.add(new NotBuilt(from, NotBuilt.ON));
    }
  }

  /// The interval is built again from this time on.
  void noteReturned(Interval interval, long fromMicros) {
    List<NotBuilt> times = byInterval.getOrDefault(interval, List.of());
    if (!times.isEmpty() && times.getLast().isOn()) {
      times.add(new NotBuilt(times.removeLast().fromMicros(), fromMicros));
    }
  }

  SortedMap<Interval, List<NotBuilt>> byInterval() {
    return byInterval;
  }
}
