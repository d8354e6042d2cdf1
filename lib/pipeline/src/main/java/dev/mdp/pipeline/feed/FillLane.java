package dev.mdp.pipeline.feed;

import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.Tick;

/// The lane of one recovery: what fills the holes goes in it, and it is ended when nothing more can
/// be had at once. One thread.
final class FillLane {
  private final long run;
  private int recovery;
  private boolean begun;

  FillLane(long run) {
    this.run = run;
  }

  String name() {
    return Lanes.FILL_PREFIX + run + "-" + recovery;
  }

  /// The same trade in this lane.
  Tick of(Tick trade) {
    begun = true;
    return trade.inLane(name());
  }

  /// Whether something was sent in it.
  boolean isBegun() {
    return begun;
  }

  /// It is ended on the bus; the next recovery has another one.
  void ended() {
    begun = false;
    recovery++;
  }
}
