package dev.mdp.bus;

import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts deleted entries per shard until someone asks. One thread.
public final class LostTally {
  private final Map<Integer, LostEntries> byShard = new TreeMap<>();

  public void add(int shard, Collection<Position> positions) {
    for (Position position : positions) {
      byShard.merge(shard, new LostEntries(shard, 1, position, position), LostTally::sum);
    }
  }

  /// Adds entries of which only the first and the last place are known.
  public void add(LostEntries lost) {
    byShard.merge(lost.shard(), lost, LostTally::sum);
  }

  public List<LostEntries> take() {
    if (byShard.isEmpty()) {
      return List.of();
    }
    List<LostEntries> taken = new ArrayList<>(byShard.values());
    byShard.clear();
    return taken;
  }

  private static LostEntries sum(LostEntries left, LostEntries right) {
    return new LostEntries(
        left.shard(),
        left.entries() + right.entries(),
        left.first().isAfter(right.first()) ? right.first() : left.first(),
        left.last().isAfter(right.last()) ? left.last() : right.last());
  }
}
