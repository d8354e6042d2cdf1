package dev.mdp.bench;

import dev.mdp.pipeline.ownership.ShardWorker;
import java.util.Map;
import java.util.TreeMap;

/// A JVM with one worker that reads pre-filled topics to their ends, one after the other, and tells
/// of each how long it took from the claim to the last commit, and what the claim alone used.
///
/// Arguments: `redis`, `database`, `redisPid`, `postgresPid`, `job`, and `topics` as
/// `name:entries,…`.
final class ReplayMain {
  private ReplayMain() {}

  /// What the entries are turned into.
  enum Job {
    BARS,
    SIGNALS
  }

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    Job job = Job.valueOf(WorkerParts.required(arguments, "job"));
    try (WorkerParts parts = WorkerParts.open(arguments)) {
      parts.bus().ping();
      parts.store().requireMigrated();
      for (String topic : WorkerParts.required(arguments, "topics").split(",")) {
        int colon = topic.indexOf(':');
        Child.answer(
            replay(
                parts, job, topic.substring(0, colon), Long.parseLong(topic.substring(colon + 1))));
      }
    }
  }

  private static Map<String, Object> replay(
      WorkerParts parts, Job job, String topic, long entries) {
    ShardWorker<?> worker = job == Job.BARS ? parts.worker(topic) : InferParts.worker(parts, topic);
    long pid = ProcessHandle.current().pid();
    Cpu.Times before = parts.cpu();
    long ownBefore = Cpu.process(pid);
    long begun = System.nanoTime();
    while (!worker.owns()) {
      worker.poll();
    }
    long claim = Cpu.process(pid) - ownBefore;
    while (WorkerParts.committed(worker) < entries || WorkerParts.open(worker) > 0) {
      worker.poll();
    }
    long nanos = System.nanoTime() - begun;
    long own = Cpu.process(pid) - ownBefore; // looking for the servers' processes costs something
    Cpu.Times used = parts.cpu().minus(before);
    worker.drain();
    return new TreeMap<>(
        Map.of(
            "topic", topic,
            "nanos", nanos,
            "own", own,
            "claim", claim,
            "redis", used.redis(),
            "postgres", used.postgres(),
            "peak", Cpu.peakMemory()));
  }
}
