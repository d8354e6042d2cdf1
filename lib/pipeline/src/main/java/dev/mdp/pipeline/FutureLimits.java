package dev.mdp.pipeline;

import dev.mdp.core.checkpoint.CheckpointStatus;
import java.util.List;

/// Compares `max_future_ms` of the groups of a topic: where they differ, an event between the
/// values is a tick without a place in a bar, or the reverse.
public final class FutureLimits {
  private FutureLimits() {}

  /// What a person should know at the start of this group's worker; a sentence for each group that
  /// judges by another value.
  ///
  /// @param rows the topic's checkpoints
  public static List<String> differences(
      String group, long maxFutureMicros, List<CheckpointStatus> rows) {
    return rows.stream()
        .filter(row -> !row.key().group().equals(group))
        .flatMap(row ->
            row.checkpoint().judgedBy().lastMaxFuture().stream()
                .filter(micros -> micros != maxFutureMicros)
                .map(micros ->
                    "micro_batch.max_future_ms is %d for %s and %d for %s on %s: an event between the two is a dead letter for one and not for the other. Start all workers of the topic with one value"
                        .formatted(
                            maxFutureMicros / 1_000,
                            group,
                            micros / 1_000,
                            row.key().group(),
                            row.key().topic())))
        .distinct()
        .toList();
  }
}
