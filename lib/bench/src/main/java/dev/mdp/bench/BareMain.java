package dev.mdp.bench;

import dev.mdp.bus.redis.RawLog;
import java.util.Map;
import java.util.TreeMap;

/// A JVM that reads a topic with the bus's client and only counts. Arguments: `redis`, `redisPid`,
/// `topic`.
final class BareMain {
  private BareMain() {}

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    long pid = ProcessHandle.current().pid();
    long redisPid = Long.parseLong(WorkerParts.required(arguments, "redisPid"));
    try (RawLog log =
        new RawLog(
            WorkerParts.required(arguments, "redis"), WorkerParts.required(arguments, "topic"))) {
      Cpu.Times before = new Cpu.Times(Cpu.process(pid), Cpu.process(redisPid), 0);
      long begun = System.nanoTime();
      long entries = log.countAll();
      long nanos = System.nanoTime() - begun;
      Cpu.Times used = new Cpu.Times(Cpu.process(pid), Cpu.process(redisPid), 0).minus(before);
      Child.answer(
          new TreeMap<>(
              Map.of(
                  "entries", entries, "nanos", nanos, "own", used.own(), "redis", used.redis())));
    }
  }
}
