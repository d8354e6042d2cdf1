package dev.mdp.pipeline.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Ends all workers of a run together, when none of them had anything to do for a while. Each on
/// its own would be wrong: who ends early keeps its share from a process that still waits for it,
/// and reads no event that comes to its shard while the others go on. Thread-safe.
public final class QuietTime {
  /// A slow start is no idleness.
  private static final Instant NOT_POLLED = Instant.MAX;

  private final Duration quiet;
  private final InstantSource clock;
  private final Map<Worker, Instant> lastMoved = new ConcurrentHashMap<>();

  private volatile boolean over;

  public QuietTime(Duration quiet, InstantSource clock) {
    this.quiet = quiet;
    this.clock = clock;
  }

  /// Counts this worker among those that must be quiet.
  public Worker watch(Worker worker) {
    lastMoved.put(worker, NOT_POLLED);
    return new UntilIdle(worker, this);
  }

  void polled(Worker worker, boolean idle) {
    Instant now = clock.instant();
    lastMoved.computeIfPresent(worker, (_, last) -> idle && last.isBefore(NOT_POLLED) ? last : now);
  }

  /// It has ended for another reason; the rest goes on without it.
  void ended(Worker worker) {
    lastMoved.remove(worker);
  }

  boolean isOver() {
    if (!over) {
      Instant now = clock.instant();
      over =
          lastMoved.values().stream()
              .allMatch(last -> last.isBefore(NOT_POLLED) && !now.isBefore(last.plus(quiet)));
    }
    return over;
  }
}
