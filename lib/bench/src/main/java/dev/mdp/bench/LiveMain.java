package dev.mdp.bench;

import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// A JVM with one worker on a live topic. It measures for some seconds once it has been busy for
/// the warm-up, and ends when it has committed as many entries as its parent says on standard
/// input.
///
/// Arguments: `redis`, `database`, `redisPid`, `postgresPid`, `topic`, `warm`, `seconds`.
final class LiveMain {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WorkerParts parts;
  private final MicroBatchWorker worker;
  private final long warmNanos;
  private final long lengthNanos;
  private final Map<String, Object> result = new TreeMap<>();
  private volatile long target = Long.MAX_VALUE;
  private volatile long toldAt = Long.MAX_VALUE;

  private LiveMain(WorkerParts parts, Map<String, String> arguments) {
    this.parts = parts;
    this.worker = parts.worker(WorkerParts.required(arguments, "topic"));
    this.warmNanos = seconds(arguments, "warm");
    this.lengthNanos = seconds(arguments, "seconds");
  }

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    try (WorkerParts parts = WorkerParts.open(arguments)) {
      parts.bus().ping();
      parts.store().requireMigrated();
      LiveMain live = new LiveMain(parts, arguments);
      Child.answer(Map.of("ready", 1));
      Thread.ofPlatform().daemon().start(live::listen);
      live.run();
    }
  }

  private void run() {
    awaitAll(() -> parts.recorder().isLive());
    long begun = System.nanoTime();
    awaitAll(() -> System.nanoTime() - begun >= warmNanos);
    measure();
    awaitAll(() -> WorkerParts.committed(worker) >= target && WorkerParts.open(worker) == 0);
    result.put("behindMillis", (System.nanoTime() - toldAt) / 1_000_000);
    result.put("peak", Cpu.peakMemory());
    worker.drain();
    Child.answer(result);
  }

  private void measure() {
    parts.recorder().clear();
    Cpu.Times before = parts.cpu();
    long committed = WorkerParts.committed(worker);
    long begun = System.nanoTime();
    awaitAll(() -> System.nanoTime() - begun >= lengthNanos);
    Cpu.Times used = parts.cpu().minus(before);
    Recorder seen = parts.recorder();
    result.put("nanos", System.nanoTime() - begun);
    result.put("events", WorkerParts.committed(worker) - committed);
    result.put("own", used.own());
    result.put("redis", used.redis());
    result.put("postgres", used.postgres());
    result.put("windows", seen.windows());
    result.put("p50", seen.latencyMillis(0.50));
    result.put("p95", seen.latencyMillis(0.95));
    result.put("p99", seen.latencyMillis(0.99));
    result.put("write", seen.writeMillis());
    result.put("lag", seen.maxLagMillis());
  }

  /// Polls until it holds; gives up when the parent waits for too long.
  private void awaitAll(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      worker.poll();
      if (toldAt != Long.MAX_VALUE && System.nanoTime() - toldAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d entries are committed, %d open, of %d"
                .formatted(WorkerParts.committed(worker), WorkerParts.open(worker), target));
      }
    }
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = in.readLine();
      if (line != null) {
        target = Long.parseLong(line);
        toldAt = System.nanoTime();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long seconds(Map<String, String> arguments, String name) {
    return Duration.ofSeconds(Long.parseLong(WorkerParts.required(arguments, name))).toNanos();
  }
}
