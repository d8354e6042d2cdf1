package dev.mdp.ops.replay;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.LaneProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Waits until micro-batch has committed the end of a lane in every shard.
public final class BarSettling {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final CheckpointAdmin admin;
  private final String group;
  private final String topic;
  private final int shards;
  private final InstantSource clock;

  public BarSettling(
      CheckpointAdmin admin, String group, String topic, int shards, InstantSource clock) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
    this.shards = shards;
    this.clock = clock;
  }

  /// @param conflicting windows that met a fuller or different bar
  public record Outcome(State state, long conflicting) {}

  public enum State {
    SETTLED,
    /// No one owns the topic's shards now.
    NO_WORKER,
    TIMED_OUT
  }

  /// Where a lane is in every shard before it is sent: a lane of a fixed name may have ended
  /// before.
  public Map<Integer, Position> standing(String lane) {
    Map<Integer, Position> standing = new HashMap<>();
    rows()
        .forEach(row ->
            progress(row, lane)
                .ifPresent(now -> standing.put(row.key().shard(), now.lastPosition())));
    return standing;
  }

  /// @param before what [#standing] returned
  public Outcome await(String lane, Map<Integer, Position> before, Duration timeout)
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
    return admin.list(topic).stream().filter(row -> row.key().group().equals(group)).toList();
  }

  private static Optional<LaneProgress> progress(CheckpointStatus row, String lane) {
    return row.checkpoint().lanes().stream()
        .filter(progress -> progress.lane().equals(lane))
        .findFirst();
  }
}
