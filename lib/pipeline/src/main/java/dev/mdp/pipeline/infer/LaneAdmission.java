package dev.mdp.pipeline.infer;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.pipeline.window.LaneKey;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.HashSet;
import java.util.Set;

/// Which lanes of a shard are evaluated: those for which its windows have room. A lane for which
/// they had none before the last checkpoint begins with its next entry. One thread.
final class LaneAdmission {
  private final TumblingWindows windows;

  /// Lanes that were not evaluated when the checkpoint was made, and are now.
  private final Set<LaneKey> passedOver = new HashSet<>();

  LaneAdmission(TumblingWindows windows) {
    this.windows = windows;
  }

  /// Whether the event's lane is evaluated.
  ///
  /// @param known the entry was classified before the last restart
  boolean admits(MarketEvent event, boolean known) {
    if (!windows.hasRoomFor(event.provider(), event.lane(), known)) {
      if (known) {
        passedOver.add(new LaneKey(event.provider(), event.lane()));
      }
      return false;
    }
    if (!known
        && !passedOver.isEmpty()
        && passedOver.remove(new LaneKey(event.provider(), event.lane()))) {
      windows.lane(event.provider(), event.lane()).beginWithNext();
    }
    return true;
  }
}
