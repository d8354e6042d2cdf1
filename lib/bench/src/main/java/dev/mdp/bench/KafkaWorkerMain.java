package dev.mdp.bench;

import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.telemetry.Meters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A JVM with a worker for every shard of its part of a pre-filled Kafka topic, each with its own
/// thread, as the command has them. Waits for a line before it begins and reports how long it took
/// until all is committed; warmed up, from when the shards are claimed, which is paid once and not
/// for an event.
///
/// Arguments: `kafka`, `database`, `kafkaPid`, `postgresPid`, `topic`, `partitions`, `part` and
/// `parts`; `warm` for a topic with as many partitions that is read first, several times, so that
/// what is measured is not the compiler.
final class KafkaWorkerMain {
  /// After one pass the compiler is still at work.
  private static final int WARM_PASSES = 3;

  private final WorkerParts parts;
  private final List<MicroBatchWorker> workers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

  private KafkaWorkerMain(WorkerParts parts) {
    this.parts = parts;
  }

  public static void main(String[] given) throws IOException, InterruptedException {
    Map<String, String> arguments = new TreeMap<>(Child.arguments(given));
    arguments.put("redisPid", WorkerParts.required(arguments, "kafkaPid"));
    String warm = arguments.getOrDefault("warm", "");
    for (int pass = 0; pass < WARM_PASSES && !warm.isEmpty(); pass++) {
      try (WorkerParts parts = parts(arguments, warm)) {
        open(parts, arguments, warm).run(true);
        parts.forgetProgress();
      }
    }
    String topic = WorkerParts.required(arguments, "topic");
    try (WorkerParts parts = parts(arguments, topic)) {
      KafkaWorkerMain main = open(parts, arguments, topic);
      Child.answer(Map.of("ready", 1));
      System.in.read();
      Child.answer(main.run(!warm.isEmpty()));
    }
  }

  private static WorkerParts parts(Map<String, String> arguments, String topic) {
    WorkerParts parts =
        WorkerParts.open(
            KafkaGround.bus(
                WorkerParts.required(arguments, "kafka"), topic, number(arguments, "partitions")),
            new Recorder(new Meters("kafka").metrics()),
            arguments);
    parts.store().requireMigrated();
    return parts;
  }

  private static KafkaWorkerMain open(
      WorkerParts parts, Map<String, String> arguments, String topic) {
    KafkaWorkerMain main = new KafkaWorkerMain(parts);
    int partitions = number(arguments, "partitions");
    for (int shard = number(arguments, "part");
        shard < partitions;
        shard += number(arguments, "parts")) {
      main.workers.add(parts.worker(topic, shard, partitions));
    }
    return main;
  }

  /// Reads all shards to their ends; returns what it took.
  ///
  /// @param afterClaims whether the shards are claimed before anything is measured
  private Map<String, Object> run(boolean afterClaims) throws InterruptedException {
    if (afterClaims) {
      inParallel(KafkaWorkerMain::claim);
    }
    long pid = ProcessHandle.current().pid();
    Cpu.Times before = parts.cpu();
    long ownBefore = Cpu.process(pid);
    long begun = System.nanoTime();
    inParallel(KafkaWorkerMain::claim);
    inParallel(KafkaWorkerMain::readToTheEnd);
    long nanos = System.nanoTime() - begun;
    long own = Cpu.process(pid) - ownBefore;
    Cpu.Times used = parts.cpu().minus(before);
    Throwable cause = failed.get();
    if (cause != null) {
      throw new IllegalStateException("a worker failed", cause);
    }
    workers.forEach(MicroBatchWorker::drain);
    return new TreeMap<>(
        Map.of(
            "nanos",
            nanos,
            "own",
            own,
            "kafka",
            used.redis(),
            "postgres",
            used.postgres(),
            "entries",
            workers.stream().mapToLong(WorkerParts::committed).sum()));
  }

  /// Every worker on its own thread; returns when all are done.
  private void inParallel(Consumer<MicroBatchWorker> work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (MicroBatchWorker worker : workers) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  work.accept(worker);
                } catch (RuntimeException | Error e) {
                  failed.compareAndSet(null, e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void claim(MicroBatchWorker worker) {
    while (!worker.owns()) {
      worker.poll();
    }
  }

  /// A shard is done when its end is committed: nothing is open then, and there is something.
  private static void readToTheEnd(MicroBatchWorker worker) {
    while (worker.isWaiting()
        || WorkerParts.committed(worker) == 0
        || WorkerParts.open(worker) > 0
        || !ended(worker)) {
      worker.poll();
    }
  }

  /// The `end` is the one entry that counts as filtered.
  private static boolean ended(MicroBatchWorker worker) {
    return worker.ledger().byProvider().values().stream()
        .anyMatch(entry -> entry.outcomes().containsKey(Outcome.FILTERED));
  }

  private static int number(Map<String, String> arguments, String name) {
    return Integer.parseInt(WorkerParts.required(arguments, name));
  }
}
