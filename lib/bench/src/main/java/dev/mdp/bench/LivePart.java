package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.providers.synthetic.SyntheticSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// (f): producer, Redis, worker and PostgreSQL on this machine, live. The first seconds of every
/// run, in which the JVMs compile, are checked but not measured.
final class LivePart {
  private static final double GRACE_MILLIS = WorkerParts.ALLOW_LATE.toMillis();
  private static final double WINDOW_MILLIS = BenchFeed.WINDOW_MICROS / 1e3;

  /// The rates it knows, in events a second.
  static final List<Integer> RATES = List.of(10_000, 102_000, 833, 1_000);

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private int topics;

  LivePart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
  }

  /// What is measured at one rate.
  private static final class Load {
    final int rate;
    final int symbols;
    final Consumer<Load> figures;
    final BenchSeries reached = new BenchSeries();
    final BenchSeries p50 = new BenchSeries();
    final BenchSeries p95 = new BenchSeries();
    final BenchSeries p99 = new BenchSeries();
    final BenchSeries lag = new BenchSeries();
    final BenchSeries write = new BenchSeries();
    final BenchSeries core = new BenchSeries();
    final BenchSeries producer = new BenchSeries();

    Load(int rate, int symbols, Consumer<Load> figures) {
      this.rate = rate;
      this.symbols = symbols;
      this.figures = figures;
    }
  }

  void run() throws SQLException {
    report.title(
        "(f) live, 2s windows + 500 ms grace; %d s measured after %d s of warm-up"
            .formatted(options.seconds(), warm()));
    List<Load> loads =
        Stream.of(
                new Load(10_000, 500, this::steady),
                new Load(102_000, 500, this::most),
                new Load(833, 500, this::slow),
                new Load(1_000, 3, this::usual))
            .filter(load -> options.rate() == 0 || options.rate() == load.rate)
            .toList();
    for (int round = 0; round < options.rounds(); round++) {
      for (Load load : loads) {
        measure(load);
      }
    }
    loads.forEach(load -> load.figures.accept(load));
  }

  private void steady(Load load) {
    report.figure("10,000/s: COMMIT - (end + grace) p50, ms", load.p50);
    report.figure("10,000/s: COMMIT - (end + grace) p95, ms", load.p95, Goal.AT_MOST, 25);
    report.figure("10,000/s: COMMIT - (end + grace) p99, ms", load.p99);
    report.figure("10,000/s: of which the write of 500 bars, p50, ms", load.write);
    report.figure("10,000/s: committed events/s", load.reached);
  }

  private void most(Load load) {
    report.figure("102,000/s offered: committed events/s", load.reached, Goal.AT_LEAST, 100_000);
    report.figure("102,000/s offered: largest lag, ms", load.lag, Goal.AT_MOST, WINDOW_MILLIS);
    report.figure("102,000/s offered: COMMIT - (end + grace) p95, ms", load.p95);
    report.figure("102,000/s offered: producer, CPU µs an event", load.producer);
  }

  private void slow(Load load) {
    report.figure("833/s: committed events/s", load.reached);
    report.figure("833/s: worker, % of a core", load.core, Goal.AT_MOST, 8);
  }

  private void usual(Load load) {
    report.figure("1,000/s: committed events/s", load.reached);
    BenchSeries whole = new BenchSeries();
    load.p95.values().forEach(millis -> whole.add((millis + GRACE_MILLIS) / WINDOW_MILLIS));
    report.figure("1,000/s: p95 window latency / window", whole, Goal.AT_MOST, 1.5);
  }

  private int warm() {
    return Math.min(15, options.seconds());
  }

  private void measure(Load load) throws SQLException {
    rig.reset();
    String topic = "bench.live." + topics++;
    try (Child worker = Child.start(LiveMain.class, List.of("-Xmx256m"), worker(topic))) {
      worker.result();
      Map<String, String> made;
      try (Child producer =
          Child.start(ProducerMain.class, List.of("-Xmx256m"), producer(topic, load))) {
        made = producer.result();
      }
      long events = Replays.number(made, "events");
      worker.say(Long.toString(events + 1));
      take(load, worker.result());
      load.producer.add(Replays.number(made, "own") / 1e3 / events);
      if (Replays.number(made, "skipped") > 0) {
        report.say("the producer could not keep up: skipped " + made.get("skipped") + " events");
      }
      Expected expected =
          new Expected(
              SyntheticSettings.DEFAULT_PROVIDER,
              Replays.number(made, "bars"),
              Replays.number(made, "volume"));
      report.difference(expected.difference(rig.connection(), "bars_ohlcv", "volume"));
    }
  }

  private static void take(Load load, Map<String, String> result) {
    long nanos = Replays.number(result, "nanos");
    long events = Replays.number(result, "events");
    Cpu.Times used =
        new Cpu.Times(
            Replays.number(result, "own"),
            Replays.number(result, "redis"),
            Replays.number(result, "postgres"));
    load.reached.add(events * 1e9 / nanos, used, events);
    load.p50.add(Double.parseDouble(WorkerParts.required(result, "p50")) - GRACE_MILLIS);
    load.p95.add(Double.parseDouble(WorkerParts.required(result, "p95")) - GRACE_MILLIS);
    load.p99.add(Double.parseDouble(WorkerParts.required(result, "p99")) - GRACE_MILLIS);
    load.write.add(Double.parseDouble(WorkerParts.required(result, "write")));
    load.lag.add(Double.parseDouble(WorkerParts.required(result, "lag")));
    load.core.add(100.0 * used.own() / nanos);
  }

  private Map<String, String> worker(String topic) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("redis", rig.redisUri());
    arguments.put("redisPid", Long.toString(rig.redisPid()));
    arguments.put("database", rig.databaseUrl());
    arguments.put("postgresPid", Long.toString(rig.postgresPid()));
    arguments.put("topic", topic);
    arguments.put("warm", Integer.toString(warm()));
    arguments.put("seconds", Integer.toString(options.seconds()));
    return arguments;
  }

  private Map<String, String> producer(String topic, Load load) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("redis", rig.redisUri());
    arguments.put("topic", topic);
    arguments.put("rate", Integer.toString(load.rate));
    arguments.put("symbols", Integer.toString(load.symbols));
    arguments.put("seconds", Integer.toString(warm() + options.seconds() + 3));
    return arguments;
  }
}
