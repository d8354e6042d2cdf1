package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// (h): from a pre-filled Kafka topic to committed bars and checkpoints, against a loop that only
/// polls and counts and against Kafka Streams, which keeps the bars in its own store; with one and
/// two worker processes; over the number of partitions and symbols. The column `redis` is the
/// broker's here.
final class KafkaPart {
  private static final int SYMBOLS = 500;
  private static final int PARTITIONS = 8;
  private static final List<String> JVM = List.of("-Xmx256m");

  /// 10,000 symbols at this rate keep more than a million events and 50,000 windows: in 256 MB it
  /// is the collector that is measured.
  private static final List<String> WARM_JVM = List.of("-Xmx512m");

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private String streamsVersion = "";

  /// A filled topic, another one of the same kind that warms a worker up, and how fast it was read
  /// then.
  private record Filled(BenchFeed feed, BenchFeed warm, int partitions, BenchSeries warmRate) {
    Filled(BenchFeed feed, BenchFeed warm, int partitions) {
      this(feed, warm, partitions, new BenchSeries());
    }

    long entries() {
      return feed.events() + partitions;
    }
  }

  KafkaPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
  }

  void run() throws SQLException {
    try (KafkaGround kafka = new KafkaGround()) {
      report.title(
          "(h) Kafka %s, one broker, %d partitions -> 2s bars of 500 symbols -> PostgreSQL, -Xmx256m, fresh JVM"
              .formatted(kafka.version(), PARTITIONS));
      long events = options.events();
      Filled dense = filled(kafka, "bench.k.dense", "bench.kdense", SYMBOLS, PARTITIONS, events);
      Filled wide = filled(kafka, "bench.k.wide", "bench.k.wide", SYMBOLS, 64, events);
      Filled few = filled(kafka, "bench.k.few", "bench.kfew01", 10, PARTITIONS, events);
      Filled many = filled(kafka, "bench.k.many", "bench.kmany1", 10_000, PARTITIONS, events);
      BenchSeries bare = new BenchSeries();
      BenchSeries one = new BenchSeries();
      BenchSeries wideBare = new BenchSeries();
      BenchSeries two = new BenchSeries();
      BenchSeries streams = new BenchSeries();
      BenchSeries streamsInMemory = new BenchSeries();
      for (int round = 0; round < options.rounds(); round++) {
        bare(kafka, dense, bare);
        workers(kafka, dense, 1, one);
        streams(kafka, dense, "rocksdb", streams);
        streams(kafka, dense, "memory", streamsInMemory);
        workers(kafka, dense, 2, two);
        bare(kafka, wide, wideBare);
        for (Filled each : List.of(dense, wide, few, many)) {
          warmWorker(kafka, each);
        }
      }
      report.figure("bare poll loop, events/s", bare);
      report.figure("one worker, events/s", one);
      report.figure("one worker / bare loop", one.over(bare), Goal.AT_LEAST, 0.35);
      report.say(
          "Kafka Streams %s, at least once, its bars in its own store".formatted(streamsVersion));
      report.figure("Kafka Streams, RocksDB, 2 threads, events/s", streams);
      report.figure("Kafka Streams, in memory, 2 threads, events/s", streamsInMemory);
      report.figure("one worker / Kafka Streams, RocksDB", one.over(streams), Goal.AT_LEAST, 1.5);
      report.figure("one worker / Kafka Streams, in memory", one.over(streamsInMemory));
      report.figure("two workers / one", two.over(one));
      report.figure("bare poll loop, 64 partitions, events/s", wideBare);
      report.say(
          "Over partitions and symbols: after the claims, worker warmed up in the same JVM, -Xmx512m");
      report.figure("one worker, 8 partitions, events/s", dense.warmRate());
      report.figure("one worker, 64 partitions, events/s", wide.warmRate());
      report.figure("one worker, 10 symbols, events/s", few.warmRate());
      report.figure("one worker, 10,000 symbols, events/s", many.warmRate());
      tellSpread("partitions", dense, wide);
      tellSpread("symbols", few, many);
    }
  }

  private void tellSpread(String over, Filled less, Filled more) {
    BenchSeries spread = BenchSeries.spread(List.of(less.warmRate(), more.warmRate()));
    report.figure(
        "spread of own CPU over the number of " + over + ", ± %",
        spread,
        Goal.AT_MOST,
        ScalePart.TOLERANCE);
  }

  private static Filled filled(
      KafkaGround kafka, String topic, String provider, int symbols, int partitions, long events) {
    Filled filled =
        new Filled(
            BenchFeed.dense(topic, provider, symbols, events),
            BenchFeed.dense(topic + ".warm", provider.replace("bench.", "warm_."), symbols, events),
            partitions);
    kafka.fill(filled.feed(), partitions);
    kafka.fill(filled.warm(), partitions);
    return filled;
  }

  private static void bare(KafkaGround kafka, Filled filled, BenchSeries series) {
    Map<String, String> arguments = arguments(kafka, filled);
    arguments.put("entries", Long.toString(filled.entries()));
    try (Child child = Child.start(KafkaBareMain.class, JVM, arguments)) {
      Map<String, String> result = child.result();
      Cpu.Times used =
          new Cpu.Times(Replays.number(result, "own"), Replays.number(result, "kafka"), 0);
      series.add(perSecond(filled, Replays.number(result, "nanos")), used, filled.entries());
    }
  }

  private void streams(KafkaGround kafka, Filled filled, String store, BenchSeries series) {
    Map<String, String> arguments = arguments(kafka, filled);
    arguments.put("events", Long.toString(filled.feed().events()));
    arguments.put("store", store);
    arguments.put("state", rig.folder().resolve("streams").toString());
    try (Child child = Child.start(KafkaStreamsMain.class, JVM, arguments, "streams")) {
      Map<String, String> result = child.result();
      Cpu.Times used =
          new Cpu.Times(Replays.number(result, "own"), Replays.number(result, "kafka"), 0);
      series.add(perSecond(filled, Replays.number(result, "nanos")), used, filled.entries());
      streamsVersion = WorkerParts.required(result, "version");
      report.difference(
          filled
              .feed()
              .expected()
              .difference(
                  "Kafka Streams, " + store,
                  Replays.number(result, "rows"),
                  BigDecimal.valueOf(Replays.number(result, "volume"))));
    }
  }

  /// This many fresh processes share the partitions evenly; they begin together.
  private void workers(KafkaGround kafka, Filled filled, int parts, BenchSeries rate)
      throws SQLException {
    rig.reset();
    List<Child> children = new ArrayList<>();
    try {
      for (int part = 0; part < parts; part++) {
        children.add(worker(JVM, kafka, filled, part, parts, ""));
      }
      children.forEach(Child::result);
      children.forEach(child -> child.say("begin"));
      long nanos = 0;
      long own = 0;
      Map<String, String> last = Map.of();
      for (Child child : children) {
        last = child.result();
        nanos = Math.max(nanos, Replays.number(last, "nanos"));
        own += Replays.number(last, "own");
      }
      rate.add(perSecond(filled, nanos), used(own, last), filled.entries());
    } finally {
      children.forEach(Child::close);
    }
    check(filled);
  }

  /// One process that has read another topic of the same kind before.
  private void warmWorker(KafkaGround kafka, Filled filled) throws SQLException {
    rig.reset();
    try (Child child = worker(WARM_JVM, kafka, filled, 0, 1, filled.warm().topic())) {
      child.result();
      child.say("begin");
      Map<String, String> result = child.result();
      long own = Replays.number(result, "own");
      filled
          .warmRate()
          .add(
              perSecond(filled, Replays.number(result, "nanos")),
              used(own, result),
              filled.entries());
    }
    check(filled);
  }

  private Child worker(
      List<String> jvm, KafkaGround kafka, Filled filled, int part, int parts, String warm) {
    Map<String, String> arguments = arguments(kafka, filled);
    arguments.put("database", rig.databaseUrl());
    arguments.put("postgresPid", Long.toString(rig.postgresPid()));
    arguments.put("part", Integer.toString(part));
    arguments.put("parts", Integer.toString(parts));
    arguments.put("warm", warm);
    return Child.start(KafkaWorkerMain.class, jvm, arguments);
  }

  private static Cpu.Times used(long own, Map<String, String> result) {
    return new Cpu.Times(own, Replays.number(result, "kafka"), Replays.number(result, "postgres"));
  }

  private void check(Filled filled) throws SQLException {
    Expected expected = filled.feed().expected();
    report.difference(expected.difference(rig.connection(), "bars_ohlcv", "volume"));
  }

  private static double perSecond(Filled filled, long nanos) {
    return filled.entries() * 1e9 / nanos;
  }

  private static Map<String, String> arguments(KafkaGround kafka, Filled filled) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("kafka", kafka.servers());
    arguments.put("kafkaPid", Long.toString(kafka.pid()));
    arguments.put("topic", filled.feed().topic());
    arguments.put("partitions", Integer.toString(filled.partitions()));
    return arguments;
  }
}
