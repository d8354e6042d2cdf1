package dev.mdp.ops.replay;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Waits until the tick group has stored what is on the topic, and counts the provider's ticks that
/// met another payload under their identity meanwhile: of each two the smaller is kept, the other
/// is lost. One thread.
public final class TickSettling {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// A tick worker that is at work reports its progress every second.
  private static final Duration STANDSTILL = Duration.ofSeconds(10);

  private static final int RUNS = 500;
  private static final String JOB = "ticks";

  private final BusInspector inspector;
  private final CheckpointAdmin admin;
  private final JobRuns runs;
  private final Group group;
  private final InstantSource clock;
  private final Map<Long, Long> conflictsBefore;

  /// @param provider whose conflicts are counted
  public record Group(String name, String topic, int shards, String provider) {}

  /// Conflicts are counted from here on.
  public TickSettling(
      BusInspector inspector,
      CheckpointAdmin admin,
      JobRuns runs,
      Group group,
      InstantSource clock) {
    this.inspector = inspector;
    this.admin = admin;
    this.runs = runs;
    this.group = group;
    this.clock = clock;
    this.conflictsBefore = conflicts();
  }

  /// @param lost ticks that met another payload under their identity
  public record Result(State state, long lost) {}

  public enum State {
    STORED,
    /// No one stores the topic's ticks now.
    NO_WORKER,
    TIMED_OUT
  }

  /// Waits for what is on the topic now.
  public Result await(Duration timeout) throws InterruptedException {
    Instant deadline = clock.instant().plus(timeout);
    Map<Integer, Position> last = last();
    Map<Integer, Position> stored = stored();
    Instant movedAt = clock.instant();
    State state = State.STORED;
    while (isBehind(stored, last)) {
      Instant now = clock.instant();
      if (!now.isBefore(deadline)) {
        state = State.TIMED_OUT;
        break;
      }
      if (isUnattended() || !now.isBefore(movedAt.plus(STANDSTILL))) {
        state = State.NO_WORKER;
        break;
      }
      Thread.sleep(PAUSE);
      Map<Integer, Position> next = stored();
      movedAt = next.equals(stored) ? movedAt : clock.instant();
      stored = next;
    }
    return new Result(state, lost());
  }

  private Map<Integer, Position> last() {
    Map<Integer, Position> last = new HashMap<>();
    for (int shard = 0; shard < group.shards(); shard++) {
      last.put(shard, inspector.bounds(group.topic(), shard).last().orElse(Position.START));
    }
    return last;
  }

  private Map<Integer, Position> stored() {
    Map<Integer, Position> stored = new HashMap<>();
    for (CheckpointStatus row : admin.list(group.topic())) {
      if (row.key().group().equals(group.name())) {
        stored.put(row.key().shard(), row.checkpoint().position());
      }
    }
    return stored;
  }

  private static boolean isBehind(Map<Integer, Position> stored, Map<Integer, Position> last) {
    return last.entrySet().stream()
        .anyMatch(
            shard -> shard.getValue().isAfter(stored.getOrDefault(shard.getKey(), Position.START)));
  }

  private boolean isUnattended() {
    return runs.list(new JobRuns.Filter(1, JOB, JobRuns.Status.RUNNING)).isEmpty();
  }

  private long lost() {
    long lost = 0;
    for (Map.Entry<Long, Long> run : conflicts().entrySet()) {
      lost += run.getValue() - conflictsBefore.getOrDefault(run.getKey(), 0L);
    }
    return lost;
  }

  /// By run, of the newest ones.
  private Map<Long, Long> conflicts() {
    Map<Long, Long> conflicts = new HashMap<>();
    for (JobRuns.Run run : runs.list(new JobRuns.Filter(RUNS, JOB, null))) {
      long sum = 0;
      for (LedgerCounts ledger : runs.ledgers(run).values()) {
        LedgerCounts.Entry entry = ledger.byProvider().get(group.provider());
        sum += entry == null ? 0 : entry.outcomes().getOrDefault(Outcome.CONFLICT, 0L);
      }
      conflicts.put(run.id(), sum);
    }
    return conflicts;
  }
}
