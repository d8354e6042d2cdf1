package dev.mdp.bench;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import dev.mdp.pipeline.microbatch.MicroBatchPorts;
import dev.mdp.pipeline.microbatch.MicroBatchSettings;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.ownership.ShardWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.telemetry.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A micro-batch worker as the command wires it, with the configuration's defaults. One thread.
///
/// @param redisPid and `postgresPid`: the servers whose processor time is counted
record WorkerParts(
    EventBus bus, PostgresStore store, Recorder recorder, long redisPid, long postgresPid)
    implements AutoCloseable {
  static final Duration ALLOW_LATE = Duration.ofMillis(500);
  static final Interval WINDOW = new Interval(BenchFeed.WINDOW_MICROS);
  private static final String GROUP = "mdp-consumers-micro-batcher";

  static WorkerParts open(Map<String, String> arguments) {
    Recorder recorder = new Recorder(new Meters("redis").metrics());
    RedisSettings settings = RedisSettings.of(required(arguments, "redis"), "mdp.events", 1);
    return open(new RedisBus(settings, recorder.bus()), recorder, arguments);
  }

  /// On another bus.
  static WorkerParts open(EventBus bus, Recorder recorder, Map<String, String> arguments) {
    return new WorkerParts(
        bus,
        new PostgresStore(
            StoreSettings.of(required(arguments, "database"), 10, "bench worker"), recorder),
        recorder,
        Long.parseLong(required(arguments, "redisPid")),
        Long.parseLong(required(arguments, "postgresPid")));
  }

  static String required(Map<String, String> arguments, String name) {
    String value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException("argument " + name + "= is missing");
    }
    return value;
  }

  MicroBatchWorker worker(String topic) {
    return worker(topic, 0, 1);
  }

  MicroBatchWorker worker(String topic, int shard, int shards) {
    long run =
        store
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "micro-batch", null, null, JobRuns.Mode.LIVE, "bench", "bench", List.of()));
    EventCodec codec = new EventCodec();
    MicroBatchSettings settings =
        new MicroBatchSettings(
            new CheckpointKey(GROUP, topic, shard),
            "mdp-consumers-tick-consumer",
            "bench-" + ProcessHandle.current().pid() + "-" + topic,
            shards,
            windows(List.of(WINDOW)),
            5_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofHours(24),
            false,
            run);
    return new MicroBatchWorker(
        settings,
        new MicroBatchPorts(
            bus,
            store.checkpoints(),
            codec::encode,
            recorder,
            Clock.systemUTC(),
            Pause.sleeping()));
  }

  static WindowSettings windows(List<Interval> intervals) {
    return new WindowSettings(
        "micro_batch",
        intervals,
        Micros.of(ALLOW_LATE),
        10_000_000,
        900_000_000,
        5_000_000,
        2_000_000);
  }

  /// What the servers and this process have used so far.
  Cpu.Times cpu() {
    return Cpu.Times.now(ProcessHandle.current().pid(), redisPid, postgresPid);
  }

  /// How many entries are read and committed.
  static long committed(ShardWorker<?> worker) {
    LedgerCounts ledger = worker.ledger();
    return ledger.byProvider().values().stream().mapToLong(LedgerCounts.Entry::read).sum();
  }

  /// How many entries wait for their window.
  static long open(ShardWorker<?> worker) {
    LedgerCounts ledger = worker.ledger();
    return ledger.byProvider().values().stream()
        .mapToLong(entry -> entry.outcomes().getOrDefault(Outcome.OPEN, 0L))
        .sum();
  }

  /// Drops all checkpoints; no one may own a shard.
  void forgetProgress() {
    store
        .checkpoints()
        .admin()
        .list("")
        .forEach(row -> store.checkpoints().admin().drop(row.key()));
  }

  @Override
  public void close() {
    try (bus;
        store) {
      recorder.clear();
    }
  }
}
