package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a commit changes in the list of windows that are to be computed again.
///
/// @param found windows that refills had trades for, with the entry that was the last one of each
///   and its lane
/// @param ended fill lanes that are over in this shard
/// @param done windows whose bars are in this commit, computed again; one that is also found stays
public record Repairs(
    Map<PendingRepair, Cause> found, Set<LaneRef> ended, List<PendingRepair> done) {
  public static final Repairs NONE = new Repairs(Map.of(), Set.of(), List.of());

  /// Why a window is to be computed again.
  ///
  /// @param position of the last entry that it missed
  public record Cause(String lane, Position position) {}

  /// A fill lane.
  public record LaneRef(String provider, String lane) {}

  public Repairs {
    found = Map.copyOf(found);
    ended = Set.copyOf(ended);
    done = List.copyOf(done);
  }

  public boolean isEmpty() {
    return found.isEmpty() && ended.isEmpty() && done.isEmpty();
  }
}
