package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Bar;
import java.util.List;

/// The windows of a shard that are to be computed again, as committed. Thread-safe. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface PendingRepairs {
  /// Of a group that has none.
  PendingRepairs NONE =
      new PendingRepairs() {
        @Override
        public Ready ready(CheckpointKey key, int limit) {
          return new Ready(List.of(), 0);
        }

        @Override
        public List<Bar> recompute(List<PendingRepair> windows) {
          return List.of();
        }
      };

  /// @param windows that can be computed again now, at most as many as were asked for
  /// @param waiting how many there are in all, these included
  record Ready(List<PendingRepair> windows, long waiting) {
    public Ready {
      windows = List.copyOf(windows);
    }
  }

  /// Those whose ticks are all stored: their fill lane is over in the shard, or has been quiet for
  /// a minute, and the shard's ticks are stored as far as the last entry that they missed.
  Ready ready(CheckpointKey key, int limit);

  /// Their bars by the stored ticks, in the live lane; none for a window without ticks.
  List<Bar> recompute(List<PendingRepair> windows);
}
