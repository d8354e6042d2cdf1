package dev.mdp.bus.redis;

import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts deleted entries per shard until somebody asks. One thread.
final class LostTally {
  private final Map<Integer, LostEntries> byShard = new TreeMap<>();

  void add(int shard, Collection<Position> positions) {
    for (Position position : positions) {
      byShard.merge(shard, new LostEntries(shard, 1, position, position), LostTally::sum);
    }
  }

  List<LostEntries> take() {
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
