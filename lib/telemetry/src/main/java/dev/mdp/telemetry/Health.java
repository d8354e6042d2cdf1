package dev.mdp.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/// Whether this process is alive (its work loops move) and ready (its servers answer). Thread-safe.
public final class Health {
  private final InstantSource clock;
  private final Map<String, Loop> loops = new ConcurrentSkipListMap<>();
  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();
  private final Map<String, Supplier<?>> details = new ConcurrentHashMap<>();

  public Health(InstantSource clock) {
    this.clock = clock;
  }

  /// Watches a work loop: alive while `lastMoved` is at most `limit` old.
  public void watch(String loop, Duration limit, Supplier<Instant> lastMoved) {
    loops.put(loop, new Loop(limit, lastMoved));
  }

  /// A loop that ended as it should is not watched any more.
  public void unwatch(String loop) {
    loops.remove(loop);
  }

  /// Says whether a server answers; the reason counts only when it does not.
  public void ready(String server, boolean answers, String reason) {
    if (answers) {
      reasons.remove(server);
    } else {
      reasons.put(server, reason);
    }
  }

  /// Adds a value to `/status`; asked at every request.
  public void detail(String name, Supplier<?> value) {
    details.put(name, value);
  }

  /// A sentence for every loop that stands still; empty when alive.
  public List<String> stalled() {
    Instant now = clock.instant();
    List<String> stalled = new ArrayList<>();
    loops.forEach((name, loop) -> {
      Duration still = Duration.between(loop.lastMoved.get(), now);
      if (still.compareTo(loop.limit) > 0) {
        stalled.add(name + " has not moved for " + still.toSeconds() + " s");
      }
    });
    return stalled;
  }

  /// A sentence for every server that does not answer; empty when ready.
  public List<String> notReady() {
    return reasons.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  /// What `/status` shows.
  public Map<String, Object> status() {
    Map<String, Object> status = new java.util.TreeMap<>();
    details.forEach((name, value) -> status.put(name, value.get()));
    List<String> stalled = stalled();
    List<String> notReady = notReady();
    status.put("alive", stalled.isEmpty());
    status.put("ready", notReady.isEmpty());
    status.put("stalled", stalled);
    status.put("not_ready", notReady);
    status.put("time", clock.instant());
    return status;
  }

  private record Loop(Duration limit, Supplier<Instant> lastMoved) {}
}
