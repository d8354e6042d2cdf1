package dev.mdp.testkit;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Marks of a stateless group whose place on the bus is not part of the test.
public final class LowWater {
  private LowWater() {}

  public static void raise(
      LowWaterMarks stored,
      String group,
      String topic,
      int shards,
      Map<Integer, Position> positions) {
    StoredMarks known = stored.marks(group, topic);
    Alignment alignment = new Alignment(known.server(), "");
    Map<Integer, Mark> marks = new TreeMap<>();
    positions.forEach((shard, position) -> {
      stored.align(new CheckpointKey(group, topic, shard), shards, alignment);
      marks.put(shard, new Mark(position, Optional.empty(), alignment));
    });
    stored.raiseMarks(group, topic, shards, known, marks);
  }
}
