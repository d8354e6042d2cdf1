package dev.mdp.cli.stream;

import dev.mdp.core.store.CheckpointStatus;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.LaneProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Waits until micro-batch has committed the end of a lane in every shard.
final class Settling {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Checkpoints checkpoints;
  private final String group;
  private final String topic;
  private final int shards;
  private final InstantSource clock;

  Settling(Checkpoints checkpoints, String group, String topic, int shards, InstantSource clock) {
    this.checkpoints = checkpoints;
    this.group = group;
    this.topic = topic;
    this.shards = shards;
    this.clock = clock;
  }

  /// @param conflicting windows that met a fuller or different bar
  record Outcome(State state, long conflicting) {}

  enum State {
    SETTLED,
    /// Nobody owns the topic's shards now.
    NO_WORKER,
    TIMED_OUT
  }

  Outcome await(String lane, Duration timeout) throws InterruptedException {
    Instant deadline = clock.instant().plus(timeout);
    while (true) {
      List<CheckpointStatus> rows =
          checkpoints.list(topic).stream().filter(row -> row.key().group().equals(group)).toList();
      List<LaneProgress> ended =
          rows.stream()
              .flatMap(row -> row.checkpoint().lanes().stream())
              .filter(progress -> progress.lane().equals(lane) && progress.ended())
              .toList();
      long conflicting = ended.stream().mapToLong(LaneProgress::conflicting).sum();
      if (shardsWith(rows, lane) == shards) {
        return new Outcome(State.SETTLED, conflicting);
      }
      if (rows.stream().noneMatch(CheckpointStatus::leased)) {
        return new Outcome(State.NO_WORKER, conflicting);
      }
      if (!clock.instant().isBefore(deadline)) {
        return new Outcome(State.TIMED_OUT, conflicting);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static long shardsWith(List<CheckpointStatus> rows, String lane) {
    return rows.stream()
        .filter(row ->
            row.checkpoint().lanes().stream()
                .anyMatch(progress -> progress.lane().equals(lane) && progress.ended()))
        .count();
  }
}
