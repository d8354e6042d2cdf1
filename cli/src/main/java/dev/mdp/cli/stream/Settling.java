package dev.mdp.cli.stream;

import dev.mdp.core.bus.Position;
import dev.mdp.core.store.CheckpointStatus;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.LaneProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /// No one owns the topic's shards now.
    NO_WORKER,
    TIMED_OUT
  }

  /// Where a lane stands in every shard before it is sent: a lane of a fixed name may have ended
  /// before.
  Map<Integer, Position> standing(String lane) {
    Map<Integer, Position> standing = new HashMap<>();
    rows()
        .forEach(row ->
            progress(row, lane)
                .ifPresent(now -> standing.put(row.key().shard(), now.lastPosition())));
    return standing;
  }

  /// @param before what [#standing] answered
  Outcome await(String lane, Map<Integer, Position> before, Duration timeout)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(timeout);
    while (true) {
      List<CheckpointStatus> rows = rows();
      long conflicting = 0;
      int settled = 0;
      for (CheckpointStatus row : rows) {
        Optional<LaneProgress> now = progress(row, lane);
        Position start = before.getOrDefault(row.key().shard(), Position.START);
        if (now.isPresent() && now.get().ended() && now.get().lastPosition().isAfter(start)) {
          settled++;
          conflicting += now.get().conflicting();
        }
      }
      if (settled == shards) {
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

  private List<CheckpointStatus> rows() {
    return checkpoints.list(topic).stream().filter(row -> row.key().group().equals(group)).toList();
  }

  private static Optional<LaneProgress> progress(CheckpointStatus row, String lane) {
    return row.checkpoint().lanes().stream()
        .filter(progress -> progress.lane().equals(lane))
        .findFirst();
  }
}
