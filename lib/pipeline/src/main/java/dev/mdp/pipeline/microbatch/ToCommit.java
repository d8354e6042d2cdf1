package dev.mdp.pipeline.microbatch;

import dev.mdp.core.event.Bar;
import dev.mdp.pipeline.EventTimeRange;
import java.util.ArrayList;
import java.util.List;

/// What the entries since the last commit leave besides windows. One thread.
final class ToCommit {
  private final List<Bar> externalBars = new ArrayList<>();
  private final EventTimeRange handled = new EventTimeRange();
  private final FoundRepairs repairs = new FoundRepairs();

  /// Bars from outside.
  List<Bar> externalBars() {
    return externalBars;
  }

  /// The times of ticks and bars.
  EventTimeRange handled() {
    return handled;
  }

  /// Windows that refills missed.
  FoundRepairs repairs() {
    return repairs;
  }

  void clear() {
    externalBars.clear();
    handled.clear();
    repairs.clear();
  }
}
