package dev.mdp.cli.run;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.cli.Wiring;
import dev.mdp.config.BusConfig;
import dev.mdp.config.MicroBatchConfig;
import dev.mdp.config.TicksConfig;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.JobRuns;
import dev.mdp.core.store.LateSymbol;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.FutureLimits;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.microbatch.MicroBatchPorts;
import dev.mdp.pipeline.microbatch.MicroBatchSettings;
import dev.mdp.pipeline.microbatch.MicroBatchWorker;
import dev.mdp.pipeline.ticks.TickPorts;
import dev.mdp.pipeline.ticks.TickSettings;
import dev.mdp.pipeline.ticks.TickWorker;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the jobs of a process from its configuration.
public final class Workers {
  public static final String MICRO_BATCHER = CheckpointKey.MICRO_BATCHER;
  public static final String TICK_CONSUMER = CheckpointKey.TICK_CONSUMER;

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int TICKS_PER_READ = 5_000;
  private static final long RANDOM_PART = 0xffff_ffff_ffffL;

  private Workers() {}

  /// One worker a shard; each owns its shard or stands by for it.
  public static MicroBatchJob microBatch(
      Session session,
      Checkpoints checkpoints,
      String consumer,
      List<Interval> intervals,
      Leave leave,
      UnaryOperator<Worker> wrap) {
    BusConfig bus = session.config().bus();
    compareMaxFuture(session, MICRO_BATCHER);
    long run = session.startRun("micro-batch", JobRuns.Mode.LIVE, null, null, List.of());
    EventCodec codec = new EventCodec();
    ShardAssignment assignment = session.assignment(MICRO_BATCHER, consumer);
    MicroBatchPorts ports =
        new MicroBatchPorts(
            session.bus(),
            checkpoints,
            encoder(codec),
            session.meters(),
            session.clock(),
            Pause.sleeping(),
            new ConflictNotices(),
            assignment);
    List<MicroBatchWorker> workers = new ArrayList<>();
    for (int shard = 0; shard < bus.shards(); shard++) {
      workers.add(
          new MicroBatchWorker(
              microBatchSettings(session, shard, consumer, intervals, leave, run), ports));
    }
    return new MicroBatchJob(
        workers,
        new Job(
            "micro-batch",
            JobRuns.Mode.LIVE,
            run,
            workers.stream().map(worker -> wrap.apply(worker)).toList(),
            () -> workers.stream().map(MicroBatchWorker::ledger).toList(),
            () -> 0,
            () -> marks(workers),
            () -> workers.stream().mapToLong(MicroBatchWorker::conflicting).sum()));
  }

  /// What micro-batch may do because a person said so.
  ///
  /// @param acceptDataLoss whether it goes on although the log lost entries
  /// @param dropIntervals whether bars of intervals may end that the group built until now
  public record Leave(boolean acceptDataLoss, boolean dropIntervals) {}

  /// Tells where the workers of a topic judge by different limits.
  static void compareMaxFuture(Session session, String what) {
    BusConfig bus = session.config().bus();
    FutureLimits.differences(
            Wiring.group(bus, what),
            micros(session.config().microBatch().maxFuture()),
            session.store().checkpoints().list(bus.topic()))
        .forEach(LOG::warn);
  }

  /// What a person who looks at the run should know besides its ledger.
  private static Map<String, Object> marks(List<MicroBatchWorker> workers) {
    return Map.of(
        "late",
        LateEvents.most(workers.stream().flatMap(worker -> worker.late().stream()).toList(), 100)
            .stream()
            .map(Workers::late)
            .toList(),
        "data_loss_accepted",
        workers.stream().anyMatch(MicroBatchWorker::lossAccepted),
        "events_sealed_early",
        workers.stream().mapToLong(MicroBatchWorker::sealedEarly).sum(),
        "conflicting_windows",
        workers.stream().mapToLong(MicroBatchWorker::conflicting).sum());
  }

  private static Map<String, Object> late(LateSymbol symbol) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("provider", symbol.provider());
    object.put("symbol", symbol.symbol());
    object.put("events", symbol.events());
    object.put("max_late_ms", symbol.maxLateMicros() / 1_000);
    return object;
  }

  /// @param workers to look at while they run
  public record MicroBatchJob(List<MicroBatchWorker> workers, Job job) {}

  public static Job ticks(
      Session session,
      String consumer,
      int batchSize,
      Duration flushTimeout,
      boolean acceptDataLoss,
      UnaryOperator<Worker> wrap) {
    BusConfig bus = session.config().bus();
    TicksConfig config = session.config().ticks();
    compareMaxFuture(session, TICK_CONSUMER);
    long run = session.startRun("ticks", JobRuns.Mode.LIVE, null, null, List.of());
    TickWorker worker =
        new TickWorker(
            new TickSettings(
                bus.topic(),
                Wiring.group(bus, TICK_CONSUMER),
                consumer,
                bus.shards(),
                batchSize,
                Math.max(TICKS_PER_READ, batchSize),
                flushTimeout,
                config.claimIdle(),
                micros(session.config().microBatch().maxFuture()),
                acceptDataLoss,
                run),
            new TickPorts(
                session.bus(),
                session.store().ticks(),
                session.store().checkpoints(),
                encoder(new EventCodec()),
                session.meters(),
                session.clock(),
                Pause.sleeping()));
    return new Job(
        "ticks",
        JobRuns.Mode.LIVE,
        run,
        List.of(wrap.apply(worker)),
        () -> List.of(worker.ledger()),
        () -> 0,
        () ->
            Map.of(
                "entries_lost",
                worker.entriesLost(),
                "data_loss_accepted",
                worker.lossAccepted(),
                "moved_back",
                worker.movedBack()),
        () -> 0);
  }

  /// A name for this process as a consumer: host and pid, and a random part because pids come
  /// again.
  public static String consumerName() {
    String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
    return host
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + Long.toHexString(new SecureRandom().nextLong() & RANDOM_PART);
  }

  /// The name of this process as an owner of shards: never used twice, also when the consumer's
  /// name is configured. A database that was restored gives the same epochs again, and only the
  /// owner tells them apart.
  public static String ownerName(@Nullable String consumer) {
    return consumer == null
        ? consumerName()
        : consumer + "-" + Long.toHexString(new SecureRandom().nextLong() & RANDOM_PART);
  }

  private static MicroBatchSettings microBatchSettings(
      Session session,
      int shard,
      String consumer,
      List<Interval> intervals,
      Leave leave,
      long run) {
    BusConfig bus = session.config().bus();
    MicroBatchConfig config = session.config().microBatch();
    return new MicroBatchSettings(
        new CheckpointKey(Wiring.group(bus, MICRO_BATCHER), bus.topic(), shard),
        Wiring.group(bus, TICK_CONSUMER),
        consumer,
        bus.shards(),
        windows(config, intervals),
        config.maxBatchSize(),
        config.flushTimeout(),
        config.lease(),
        bus.retention().duration(),
        leave.acceptDataLoss(),
        run,
        leave.dropIntervals());
  }

  static WindowSettings windows(MicroBatchConfig config, List<Interval> intervals) {
    return new WindowSettings(
        intervals,
        micros(config.allowLate()),
        micros(config.reviseLate()),
        micros(config.silenceSeal()),
        micros(config.maxFuture()),
        config.maxRetainedEvents());
  }

  private static Function<MarketEvent, byte[]> encoder(EventCodec codec) {
    return codec::encode;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
