package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// (i): the same pre-filled log through micro-batch and through infer, with eight features and ten
/// rules; what a rule takes by itself, and a model for a batch. The signals are checked against the
/// bars of the same round.
final class InferPart {
  private static final int SYMBOLS = 500;

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final BenchFeed dense;
  private final BenchFeed sparse;

  InferPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
    this.dense = BenchFeed.dense("bench.dense", "bench.dense1", SYMBOLS, options.events());
    this.sparse =
        BenchFeed.sparse(
            "bench.sparse", "bench.sparse", SYMBOLS, Math.max(1, options.events() / 3));
  }

  /// A log, and how fast it became bars and signals.
  private record Kind(BenchFeed feed, BenchSeries bars, BenchSeries signals) {
    Kind(BenchFeed feed) {
      this(feed, new BenchSeries(), new BenchSeries());
    }

    BenchSeries ratio() {
      return signals.over(bars);
    }
  }

  void run() throws SQLException {
    report.title(
        "(i) Redis with AOF -> 8 features, 10 rules, %d symbols every 2s -> PostgreSQL, -Xmx256m, fresh JVM"
            .formatted(SYMBOLS));
    List<Kind> kinds = List.of(new Kind(dense), new Kind(sparse));
    dense.fill(rig.redisUri());
    sparse.fill(rig.redisUri());
    ScoringSeries scoring = new ScoringSeries();
    for (int round = 0; round < options.rounds(); round++) {
      for (Kind kind : kinds) {
        rig.reset();
        pass(kind.feed, ReplayMain.Job.BARS, kind.bars);
        report.difference(
            kind.feed.expected().difference(rig.connection(), "bars_ohlcv", "volume"));
        rig.execute("CHECKPOINT");
        pass(kind.feed, ReplayMain.Job.SIGNALS, kind.signals);
        report.difference(signalsAgainstBars(kind.feed.provider()));
      }
      scoring.measure();
    }
    Kind first = kinds.getFirst();
    report.figure("dense (100,000/s of event time) micro-batch", first.bars);
    report.figure("dense infer, events/s", first.signals);
    report.figure("dense infer / micro-batch", first.ratio(), Goal.AT_LEAST, 0.6);
    Kind last = kinds.getLast();
    report.figure("sparse (0.3 evaluations an event) micro-batch", last.bars);
    report.figure("sparse infer, events/s", last.signals);
    report.figure("sparse infer / micro-batch", last.ratio());
    scoring.tell(report);
  }

  private void pass(BenchFeed feed, ReplayMain.Job job, BenchSeries series) {
    Replays.Pass pass = Replays.worker(rig, job, List.of(feed)).getFirst();
    series.add(pass.perSecond(feed.events()), pass.used(), feed.events());
  }

  /// Every bar must have its [InferParts#ALWAYS], and [InferParts#HEAVY] must be where the bars of
  /// the last minute say so, and nowhere else; empty when that is so.
  private String signalsAgainstBars(String provider) throws SQLException {
    String sql =
        """
        WITH bars AS (
          SELECT symbol, ts + interval '2 s' AS ts,
                 sum(volume::text::numeric) OVER (
                   PARTITION BY symbol ORDER BY ts
                   RANGE BETWEEN interval '58 s' PRECEDING AND CURRENT ROW) AS minute
            FROM bars_ohlcv WHERE provider = ?),
        wanted AS (
          SELECT symbol, ts, 'priced' AS name FROM bars
          UNION ALL SELECT symbol, ts, 'heavy' FROM bars WHERE minute > %d),
        found AS (
          SELECT symbol, ts, name FROM signals WHERE provider = ? AND name IN ('priced', 'heavy'))
        SELECT count(*) FILTER (WHERE f.symbol IS NULL), count(*) FILTER (WHERE w.symbol IS NULL),
               count(*)
          FROM wanted w FULL JOIN found f
            ON f.symbol = w.symbol AND f.ts = w.ts AND f.name = w.name
        """
            .formatted(InferParts.HEAVY_VOLUME);
    try (PreparedStatement statement = rig.connection().prepareStatement(sql)) {
      statement.setString(1, provider);
      statement.setString(2, provider);
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getLong(1) == 0 && found.getLong(2) == 0 && found.getLong(3) > 0
            ? ""
            : "signals of %s: of %d, %d are missing and %d are too many"
                .formatted(provider, found.getLong(3), found.getLong(1), found.getLong(2));
      }
    }
  }
}
