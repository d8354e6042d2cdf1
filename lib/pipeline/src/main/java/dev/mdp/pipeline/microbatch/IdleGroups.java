package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.checkpoint.CheckpointStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds groups that have stopped in the middle of the log: nothing after their place may be
/// trimmed, and a group that ran once holds the log for ever unless someone is told. One thread.
final class IdleGroups {
  private static final Duration IDLE = Duration.ofHours(1);

  private final Map<String, Instant> nextWarning = new HashMap<>();

  /// Returns a warning for each group that has not moved for an hour while there are entries for
  /// it, at most one an hour for each.
  ///
  /// @param rows of one shard
  List<String> warnings(List<CheckpointStatus> rows, LogBounds bounds, Instant now) {
    List<String> warnings = new ArrayList<>();
    for (CheckpointStatus row : rows) {
      String group = row.key().group();
      if (isIdle(row, bounds, now) && !now.isBefore(nextWarning.getOrDefault(group, now))) {
        nextWarning.put(group, now.plus(IDLE));
        warnings.add(
            "group %s has not moved in shard %d of %s since %s and holds the log from %s on: %d entries are in it, the last one %s. If no worker of the group will come back: mdp stream checkpoints drop --group %s --confirm"
                .formatted(
                    group,
                    row.key().shard(),
                    row.key().topic(),
                    row.updatedAt(),
                    row.checkpoint().resumePosition(),
                    bounds.length(),
                    bounds.lastEver(),
                    group));
      }
    }
    return warnings;
  }

  private static boolean isIdle(CheckpointStatus row, LogBounds bounds, Instant now) {
    return !row.leased()
        && row.updatedAt().isBefore(now.minus(IDLE))
        && bounds.lastEver().isAfter(row.checkpoint().position());
  }
}
