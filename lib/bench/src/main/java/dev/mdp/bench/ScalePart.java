package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// (e): the worker's processor time for an event must not depend on how many events or symbols
/// there are. One JVM a round reads streams of different sizes, after a few of each kind that warm
/// it up. The claim of a shard is not counted: it is paid once, not for an event.
final class ScalePart {
  private static final int[] SYMBOLS = {1, 50, 500, 5_000};

  /// In percent.
  static final double TOLERANCE = 20;

  /// After one pass the compiler is still at work for the next few seconds.
  private static final int WARM_PASSES = 2;

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private int topics;

  ScalePart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
  }

  /// Streams of one kind: small ones come several times, or the clock is too coarse for them.
  private record Kind(String name, List<BenchFeed> feeds, BenchSeries rate) {}

  void run() throws SQLException {
    report.title("(e) cost per event after the claim, worker warmed up in the same JVM");
    long most = options.events() * 5 / 3;
    List<Kind> sizes = new ArrayList<>();
    for (long events : new long[] {most, most / 2, most / 10, most / 50}) {
      sizes.add(kind("%,d events, 500 symbols".formatted(events), 500, events));
    }
    List<Kind> symbols = new ArrayList<>();
    for (int count : SYMBOLS) {
      symbols.add(kind("%,d symbols, %,d events".formatted(count, most / 5), count, most / 5));
    }
    List<BenchFeed> warm = new ArrayList<>();
    warm.add(manyBars(most));
    for (int pass = 0; pass < WARM_PASSES; pass++) {
      for (int count : SYMBOLS) {
        warm.add(feed(count, Math.max(10_000, most / 5)));
      }
    }
    List<Kind> all = new ArrayList<>(sizes);
    all.addAll(symbols);
    warm.forEach(feed -> feed.fill(rig.redisUri()));
    all.forEach(kind -> kind.feeds.forEach(feed -> feed.fill(rig.redisUri())));
    for (int round = 0; round < options.rounds(); round++) {
      round(warm, all);
    }
    tell("over the number of events, ± %", sizes);
    tell("over the number of symbols, ± %", symbols);
  }

  private void round(List<BenchFeed> warm, List<Kind> kinds) throws SQLException {
    rig.reset();
    List<BenchFeed> feeds = new ArrayList<>(warm);
    kinds.forEach(kind -> feeds.addAll(kind.feeds));
    List<Replays.Pass> passes = Replays.worker(rig, ReplayMain.Job.BARS, feeds);
    int next = warm.size();
    for (Kind kind : kinds) {
      Cpu.Times used = new Cpu.Times(0, 0, 0);
      long nanos = 0;
      long events = 0;
      for (BenchFeed feed : kind.feeds) {
        Replays.Pass pass = passes.get(next++);
        used = used.plus(pass.used()).minus(new Cpu.Times(pass.claimNanos(), 0, 0));
        nanos += pass.nanos();
        events += feed.events();
        report.difference(feed.expected().difference(rig.connection(), "bars_ohlcv", "volume"));
      }
      kind.rate.add(events * 1e9 / nanos, used, events);
    }
  }

  private void tell(String name, List<Kind> kinds) {
    for (Kind kind : kinds) {
      report.figure(kind.name + ", events/s", kind.rate);
    }
    BenchSeries spread = BenchSeries.spread(kinds.stream().map(Kind::rate).toList());
    report.figure("spread of own CPU " + name, spread, Goal.AT_MOST, TOLERANCE);
  }

  private Kind kind(String name, int symbols, long events) {
    long times = Math.clamp(options.events() / 6 / events, 1, 5);
    List<BenchFeed> feeds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      feeds.add(feed(symbols, events));
    }
    return new Kind(name, feeds, new BenchSeries());
  }

  private BenchFeed feed(int symbols, long events) {
    String number = Integer.toString(100_000 + topics++);
    return BenchFeed.dense("bench.scale." + number, "scale." + number, symbols, events);
  }

  /// Warms up what writes.
  private BenchFeed manyBars(long most) {
    String number = Integer.toString(100_000 + topics++);
    return BenchFeed.sparse(
        "bench.scale." + number, "scale." + number, 500, Math.max(10_000, most / 20));
  }
}
