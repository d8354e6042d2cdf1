package dev.mdp.pipeline.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Ends all workers of a run together, when none of them had anything to do for a while. Each on
/// its own would be wrong: who ends early keeps its share from a process that still waits for it,
/// and reads no event that comes to its shard while the others continue. Thread-safe.
public final class IdleShutdown {
  /// A slow start is not idleness, nor is a server that is away.
  private static final Instant NOT_POLLED = Instant.MAX;

  /// A caller that waits for the end of a run must not wait for a server that never comes.
  private static final Duration AWAY_LIMIT = Duration.ofSeconds(30);

  private final Duration quiet;
  private final InstantSource clock;
  private final Map<Worker, Instant> lastMoved = new ConcurrentHashMap<>();

  private final Map<Worker, Instant> awaySince = new ConcurrentHashMap<>();
  private volatile boolean over;

  public IdleShutdown(Duration quiet, InstantSource clock) {
    this.quiet = quiet;
    this.clock = clock;
  }

  /// Counts this worker among those that must be quiet.
  public Worker watch(Worker worker) {
    lastMoved.put(worker, NOT_POLLED);
    return new UntilIdle(worker, this);
  }

  /// @param away the poll failed, and will be tried again
  void polled(Worker worker, boolean idle, boolean away) {
    Instant now = clock.instant();
    if (away) {
      // What there is to do is not known until it could look again, however long that takes.
      awaySince.putIfAbsent(worker, now);
      lastMoved.computeIfPresent(worker, (_, _) -> NOT_POLLED);
      return;
    }
    awaySince.remove(worker);
    lastMoved.computeIfPresent(worker, (_, last) -> idle && last.isBefore(NOT_POLLED) ? last : now);
  }

  /// Whether the worker has done nothing but fail for longer than the quiet time, and for half a
  /// minute: then it ends with its last error.
  boolean isAwayTooLong(Worker worker) {
    Instant since = awaySince.get(worker);
    Duration limit = quiet.compareTo(AWAY_LIMIT) > 0 ? quiet : AWAY_LIMIT;
    return since != null && !clock.instant().isBefore(since.plus(limit));
  }

  /// It has ended for another reason; the rest continues without it.
  void ended(Worker worker) {
    lastMoved.remove(worker);
    awaySince.remove(worker);
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
