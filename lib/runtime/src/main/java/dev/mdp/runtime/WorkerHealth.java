package dev.mdp.runtime;

import dev.mdp.core.error.MdpException;
import dev.mdp.core.metrics.ErrorMetrics;
import dev.mdp.pipeline.worker.Worker;
import dev.mdp.pipeline.worker.WorkerEvents;
import dev.mdp.telemetry.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports what happens to workers to the log, to `/healthz` and to `/readyz`. Thread-safe.
final class WorkerHealth implements WorkerEvents {
  private static final Logger LOG = LoggerFactory.getLogger("dev.mdp.worker");
  private static final Duration STALLED = Duration.ofSeconds(60);

  private final Health health;
  private final ErrorMetrics metrics;
  private final InstantSource clock;
  private final Map<String, Instant> lastMoved = new ConcurrentHashMap<>();

  WorkerHealth(Health health, ErrorMetrics metrics, InstantSource clock) {
    this.health = health;
    this.metrics = metrics;
    this.clock = clock;
  }

  void watch(Worker worker) {
    lastMoved.put(worker.name(), clock.instant());
    health.watch(
        worker.name(), STALLED, () -> lastMoved.getOrDefault(worker.name(), Instant.EPOCH));
  }

  void unwatch(Worker worker) {
    health.unwatch(worker.name());
  }

  /// Whether every loop has moved since this time.
  boolean movedSince(Instant time) {
    return lastMoved.values().stream().allMatch(moved -> moved.isAfter(time));
  }

  @Override
  public void moved(Worker worker) {
    lastMoved.put(worker.name(), clock.instant());
  }

  @Override
  public void away(Worker worker, MdpException error) {
    health.ready(worker.name(), false, String.valueOf(error.getMessage()));
    metrics.error(worker.name(), "unavailable");
    LOG.warn("{}: {}; retrying", worker.name(), error.getMessage());
  }

  @Override
  public void back(Worker worker, Duration after) {
    health.ready(worker.name(), true, "");
    LOG.info("{}: resumed after {} s", worker.name(), after.toMillis() / 1_000.0);
  }

  @Override
  public void failed(Worker worker, RuntimeException error) {
    metrics.error(worker.name(), error.getClass().getSimpleName());
  }
}
