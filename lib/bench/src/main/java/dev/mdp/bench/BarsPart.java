package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// (b): commits of 5,000 bars through the checkpoints against psql `\copy` of the same rows.
final class BarsPart {
  private static final int BATCH = 5_000;
  private static final int SYMBOLS = 500;
  private static final String PROVIDER = "bench";
  private static final String COLUMNS =
      "(provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)";

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final List<List<Bar>> batches = new ArrayList<>();
  private final List<List<Bar>> revised = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final int rows;
  private long volume;

  BarsPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
    this.rows = (int) Math.max(1, options.events() / 15 / BATCH) * BATCH;
  }

  void run() throws IOException, SQLException {
    report.title(
        "(b) bars, %d a commit, %,d in all, against psql \\copy into a plain table with the same key"
            .formatted(BATCH, rows));
    makeRows();
    rig.execute(
        "CREATE TABLE plain_bars (LIKE bars_ohlcv INCLUDING DEFAULTS,"
            + " PRIMARY KEY (provider, symbol, interval, ts))");
    BenchSeries copy = new BenchSeries();
    BenchSeries fresh = new BenchSeries();
    BenchSeries unchanged = new BenchSeries();
    BenchSeries changed = new BenchSeries();
    BenchSeries wal = new BenchSeries();
    try (Psql psql = new Psql(rig.databaseUrl())) {
      BenchSeries warmUp = new BenchSeries();
      round(psql, warmUp, warmUp, warmUp, warmUp, warmUp);
      for (int round = 0; round < options.rounds(); round++) {
        round(psql, copy, fresh, unchanged, changed, wal);
      }
    }
    report.figure("psql \\copy, rows/s", copy);
    report.figure("fresh rows, rows/s", fresh);
    report.figure("fresh / psql \\copy", fresh.over(copy), Goal.AT_LEAST, 0.6);
    report.figure("unchanged rows, rows/s", unchanged);
    report.figure("unchanged / psql \\copy", unchanged.over(copy), Goal.AT_LEAST, 0.7);
    report.figure("changed rows, rows/s", changed);
    report.figure("changed / psql \\copy", changed.over(copy));
    report.figure("WAL of a fresh bar, bytes", wal);
  }

  private void round(
      Psql psql,
      BenchSeries copy,
      BenchSeries fresh,
      BenchSeries unchanged,
      BenchSeries changed,
      BenchSeries wal)
      throws IOException, SQLException {
    rig.execute("TRUNCATE plain_bars");
    rig.reset();
    Expected expected = new Expected(PROVIDER, rows, volume);
    Stopwatch watch = new Stopwatch(rig, psql.pid());
    psql.copy("plain_bars " + COLUMNS, files);
    watch.stop(copy, rows);
    report.difference(expected.difference(rig.connection(), "plain_bars", "volume"));

    rig.execute("CHECKPOINT");
    Writer writer = new Writer(rig);
    long logged = rig.walBytes();
    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    WriteResult first = writer.commit(batches);
    watch.stop(fresh, rows);
    wal.add((double) (rig.walBytes() - logged) / rows);
    report.difference(expected.difference(rig.connection(), "bars_ohlcv", "volume"));
    require(first.equals(new WriteResult(rows, 0, 0, 0)), "fresh bars were " + first);

    rig.execute("CHECKPOINT");
    String before = tuples();
    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    WriteResult second = writer.commit(batches);
    watch.stop(unchanged, rows);
    require(second.equals(new WriteResult(0, 0, rows, 0)), "bars written again were " + second);
    String after = tuples();
    require(before.equals(after), "unchanged bars wrote tuples: " + before + " became " + after);

    rig.execute("CHECKPOINT");
    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    WriteResult third = writer.commit(revised);
    watch.stop(changed, rows);
    writer.release();
    require(third.equals(new WriteResult(0, rows, 0, 0)), "revised bars were " + third);
    Expected more = new Expected(PROVIDER, rows, volume + rows);
    report.difference(more.difference(rig.connection(), "bars_ohlcv", "volume"));
  }

  /// The same bar with one more trade of size 1.
  private static Bar revised(Bar bar) {
    return new Bar(
        bar.provider(),
        bar.lane(),
        bar.symbol(),
        bar.interval(),
        bar.startMicros(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume() + 1,
        bar.vwap(),
        bar.tradeCount() + 1);
  }

  private void require(boolean holds, String difference) {
    report.difference(holds ? "" : difference);
  }

  /// Every tuple's place and transaction in one number, and how large the table is.
  private String tuples() throws SQLException {
    try (Statement statement = rig.connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) || ' rows, hash '"
                    + " || coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)::numeric), 0)"
                    + " || ', bytes ' || pg_relation_size('bars_ohlcv') FROM bars_ohlcv")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void makeRows() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    long start = Micros.parse("2025-10-24T00:00:00Z");
    for (int from = 0; from < rows; from += BATCH) {
      List<Bar> batch = new ArrayList<>(BATCH);
      StringBuilder text = new StringBuilder();
      for (int i = from; i < from + BATCH; i++) {
        Bar bar = bar(random, i, start);
        volume += (long) bar.volume();
        batch.add(bar);
        line(text, bar);
      }
      batches.add(batch);
      revised.add(batch.stream().map(BarsPart::revised).toList());
      files.add(Files.writeString(rig.folder().resolve("bars-" + files.size() + ".txt"), text));
    }
  }

  private static Bar bar(SplittableRandom random, int i, long start) {
    double low = random.nextInt(10_000, 50_000) / 100.0;
    double high = low + random.nextInt(0, 100) / 100.0;
    double size = random.nextInt(100, 100_000);
    return new Bar(
        PROVIDER,
        "",
        new Symbol(BenchFeed.symbol(i % SYMBOLS)),
        WorkerParts.WINDOW,
        start + i / SYMBOLS * BenchFeed.WINDOW_MICROS,
        low,
        high,
        low,
        high,
        size,
        (low + high) / 2,
        random.nextInt(1, 500));
  }

  private static void line(StringBuilder text, Bar bar) {
    text.append(bar.provider()).append('\t').append(bar.symbol()).append('\t');
    text.append(bar.interval()).append('\t').append(Micros.format(bar.startMicros())).append('\t');
    text.append(bar.open()).append('\t').append(bar.high()).append('\t').append(bar.low());
    text.append('\t').append(bar.close()).append('\t').append(bar.volume()).append('\t');
    text.append(bar.vwap()).append('\t').append(bar.tradeCount()).append('\n');
  }

  /// The owner of a shard that has only bars to commit.
  private static final class Writer {
    private final Checkpoints checkpoints;
    private final long runId;
    private Lease lease;
    private long position;

    Writer(Rig rig) {
      checkpoints = rig.store().checkpoints();
      runId =
          rig.store()
              .jobRuns()
              .start(
                  new JobRuns.Start(
                      "micro-batch", null, null, JobRuns.Mode.LIVE, "bench", "bench", List.of()));
      ClaimResult claim =
          checkpoints
              .leases()
              .claim(
                  new ClaimRequest(
                      new CheckpointKey("bench", "bench.bars", 0),
                      "bench",
                      1,
                      List.of(WorkerParts.WINDOW),
                      Duration.ofSeconds(60),
                      runId));
      lease =
          switch (claim) {
            case ClaimResult.Claimed claimed -> claimed.lease();
            case ClaimResult.Held held -> throw new IllegalStateException("held: " + held);
          };
    }

    WriteResult commit(List<List<Bar>> batches) {
      WriteResult total = WriteResult.NONE;
      for (List<Bar> batch : batches) {
        CommitResult result =
            checkpoints
                .commits()
                .commit(
                    lease,
                    checkpoint(),
                    new FencedWrite.Bars(batch),
                    new RunProgress(runId, 0, LedgerCounts.NONE, 0, 0, position));
        lease = result.lease();
        total = total.plus(result.bars());
      }
      return total;
    }

    void release() {
      checkpoints.leases().release(lease);
    }

    private Checkpoint checkpoint() {
      Position at = new Position(++position, 0);
      LaneProgress lane =
          new LaneProgress(
              PROVIDER,
              "",
              position,
              position,
              at,
              new TreeMap<>(Map.of(WorkerParts.WINDOW, position)),
              new TreeMap<>(),
              false,
              0);
      return new Checkpoint(
          at, at, Optional.of(new LogAnchor(at, position)), List.of(lane), LedgerCounts.NONE);
    }
  }
}
