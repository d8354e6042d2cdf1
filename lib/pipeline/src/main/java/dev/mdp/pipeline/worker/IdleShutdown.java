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
  /// A slow start is not idleness, nor is a server that is away, nor a poll that takes its time:
  /// only a poll that has ended shows that there was nothing to do.
  private static final Quiet NOT_SEEN = new Quiet(Instant.MAX, Instant.MIN);

  /// A caller that waits for the end of a run must not wait for a server that never comes.
  private static final Duration AWAY_LIMIT = Duration.ofSeconds(30);

  private final Duration quiet;
  private final InstantSource clock;
  private final Map<Worker, Quiet> watched = new ConcurrentHashMap<>();
  private final Map<Worker, Instant> awaySince = new ConcurrentHashMap<>();
  private volatile boolean over;

  public IdleShutdown(Duration quiet, InstantSource clock) {
    this.quiet = quiet;
    this.clock = clock;
  }

  /// Counts this worker among those that must be quiet.
  public Worker watch(Worker worker) {
    watched.put(worker, NOT_SEEN);
    return new UntilIdle(worker, this);
  }

  /// @param away the poll failed, and will be tried again
  void polled(Worker worker, boolean idle, boolean away) {
    Instant now = clock.instant();
    if (away) {
      // What there is to do is not known until it could look again, however long that takes.
      awaySince.putIfAbsent(worker, now);
      watched.computeIfPresent(worker, (_, _) -> NOT_SEEN);
      return;
    }
    awaySince.remove(worker);
    watched.computeIfPresent(
        worker, (_, last) -> idle && last != NOT_SEEN ? last.until(now) : new Quiet(now, now));
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
    watched.remove(worker);
    awaySince.remove(worker);
  }

  /// Whether all were quiet at the same time, for long enough.
  boolean isOver() {
    if (!over) {
      over =
          watched.values().stream()
              .reduce(Quiet::common)
              .map(common -> common.lasts(quiet))
              .orElse(true);
    }
    return over;
  }

  /// A time in which a worker had nothing to do.
  private record Quiet(Instant since, Instant until) {
    Quiet until(Instant end) {
      return new Quiet(since, end);
    }

    Quiet common(Quiet other) {
      return new Quiet(
          since.isAfter(other.since) ? since : other.since,
          until.isBefore(other.until) ? until : other.until);
    }

    boolean lasts(Duration time) {
      return !until.isBefore(since) && Duration.between(since, until).compareTo(time) >= 0;
    }
  }
}
