package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import java.sql.SQLException;
import java.util.List;

/// (a) and (d): from a pre-filled log to committed bars and checkpoint, each pass in a fresh JVM.
final class ReplayPart {
  private static final int SYMBOLS = 500;

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final BenchFeed dense;
  private final BenchFeed sparse;
  private final BenchSeries bare = new BenchSeries();
  private final BenchSeries denseRate = new BenchSeries();
  private final BenchSeries sparseRate = new BenchSeries();
  private final BenchSeries peak = new BenchSeries();

  ReplayPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
    this.dense = BenchFeed.dense("bench.dense", "bench.dense1", SYMBOLS, options.events());
    this.sparse =
        BenchFeed.sparse(
            "bench.sparse", "bench.sparse", SYMBOLS, Math.max(1, options.events() / 3));
  }

  void run() throws SQLException {
    report.title(
        "(a, d) Redis with AOF -> 2s bars of 500 symbols -> PostgreSQL, -Xmx256m, fresh JVM");
    dense.fill(rig.redisUri());
    sparse.fill(rig.redisUri());
    for (int round = 0; round < options.rounds(); round++) {
      Replays.Pass counted = Replays.bare(rig, dense);
      bare.add(counted.perSecond(dense.events()), counted.used(), dense.events());
      peak.add(pass(dense, denseRate).peakBytes() / 1e6);
      pass(sparse, sparseRate);
    }
    report.figure("bare read loop, events/s", bare);
    report.figure("dense (100,000/s of event time), events/s", denseRate, Goal.AT_LEAST, 400_000);
    report.figure("dense / bare loop", denseRate.over(bare), Goal.AT_LEAST, 0.45);
    report.figure("sparse (0.3 bars an event), events/s", sparseRate, Goal.AT_LEAST, 150_000);
    report.figure("(d) peak resident memory at dense, MB", peak, Goal.AT_MOST, 512);
  }

  private Replays.Pass pass(BenchFeed feed, BenchSeries series) throws SQLException {
    rig.reset();
    Replays.Pass pass = Replays.worker(rig, ReplayMain.Job.BARS, List.of(feed)).getFirst();
    series.add(pass.perSecond(feed.events()), pass.used(), feed.events());
    report.difference(feed.expected().difference(rig.connection(), "bars_ohlcv", "volume"));
    return pass;
  }
}
