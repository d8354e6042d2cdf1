package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.TickStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// (c): ticks in transactions of 5,000 through the tick store against psql `\copy` of the same
/// rows.
final class TicksPart {
  private static final int BATCH = 5_000;
  private static final int SYMBOLS = 500;
  private static final String PROVIDER = "bench";
  private static final String COLUMNS = "(provider, symbol, ts, seq, price, size, bid, ask)";

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final List<List<Tick>> batches = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final int rows;
  private long volume;

  TicksPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
    this.rows = (int) Math.max(1, options.events() / 10 / BATCH) * BATCH;
  }

  void run() throws IOException, SQLException {
    report.title(
        "(c) ticks, %d a commit, %,d in all, against psql \\copy into a plain table with the same key"
            .formatted(BATCH, rows));
    makeRows();
    rig.execute(
        "CREATE TABLE plain_ticks (LIKE tick_data INCLUDING DEFAULTS,"
            + " PRIMARY KEY (provider, symbol, ts, seq))");
    BenchSeries copy = new BenchSeries();
    BenchSeries fresh = new BenchSeries();
    BenchSeries unchanged = new BenchSeries();
    BenchSeries wal = new BenchSeries();
    try (Psql psql = new Psql(rig.databaseUrl())) {
      round(
          psql,
          new BenchSeries(),
          new BenchSeries(),
          new BenchSeries(),
          new BenchSeries()); // warms up
      for (int round = 0; round < options.rounds(); round++) {
        round(psql, copy, fresh, unchanged, wal);
      }
    }
    report.figure("psql \\copy, rows/s", copy);
    report.figure("fresh ticks, rows/s", fresh);
    report.figure("fresh / psql \\copy", fresh.over(copy), Goal.AT_LEAST, 0.6);
    report.figure("unchanged ticks, rows/s", unchanged);
    report.figure("WAL of a fresh tick, bytes", wal);
  }

  private void round(
      Psql psql, BenchSeries copy, BenchSeries fresh, BenchSeries unchanged, BenchSeries wal)
      throws IOException, SQLException {
    rig.execute("TRUNCATE plain_ticks");
    rig.reset();
    Expected expected = new Expected(PROVIDER, rows, volume);
    Stopwatch watch = new Stopwatch(rig, psql.pid());
    psql.copy("plain_ticks " + COLUMNS, files);
    watch.stop(copy, rows);
    report.difference(expected.difference(rig.connection(), "plain_ticks", "size"));

    rig.execute("CHECKPOINT");
    long logged = rig.walBytes();
    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    long inserted = write().inserted();
    watch.stop(fresh, rows);
    wal.add((double) (rig.walBytes() - logged) / rows);
    report.difference(expected.difference(rig.connection(), "tick_data", "size"));
    report.difference(inserted == rows ? "" : "inserted " + inserted + " ticks of " + rows);

    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    long same = write().unchanged();
    watch.stop(unchanged, rows);
    report.difference(same == rows ? "" : "unchanged " + same + " ticks of " + rows);
  }

  private TickStore.TickWrites write() {
    long inserted = 0;
    long unchanged = 0;
    long conflicts = 0;
    for (List<Tick> batch : batches) {
      Map<String, TickStore.TickWrites> writes = rig.store().ticks().write(batch, _ -> List.of());
      for (TickStore.TickWrites each : writes.values()) {
        inserted += each.inserted();
        unchanged += each.unchanged();
        conflicts += each.conflicts();
      }
    }
    return new TickStore.TickWrites(inserted, unchanged, conflicts);
  }

  private void makeRows() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    long start = Micros.parse("2025-10-24T00:00:00Z");
    for (int from = 0; from < rows; from += BATCH) {
      List<Tick> batch = new ArrayList<>(BATCH);
      StringBuilder text = new StringBuilder();
      for (int i = from; i < from + BATCH; i++) {
        Tick tick = tick(random, i, start + i * 10L);
        volume += (long) tick.size();
        batch.add(tick);
        line(text, tick);
      }
      batches.add(batch);
      files.add(Files.writeString(rig.folder().resolve("ticks-" + files.size() + ".txt"), text));
    }
  }

  private static Tick tick(SplittableRandom random, int i, long micros) {
    double bid = random.nextInt(10_000, 50_000) / 100.0;
    return new Tick(
        PROVIDER,
        "",
        new Symbol(BenchFeed.symbol(i % SYMBOLS)),
        micros,
        i % 10,
        bid,
        random.nextInt(100, 1_000),
        bid,
        bid + 0.01,
        micros);
  }

  private static void line(StringBuilder text, Tick tick) {
    text.append(tick.provider()).append('\t').append(tick.symbol()).append('\t');
    text.append(Micros.format(tick.srcMicros())).append('\t').append(tick.seq()).append('\t');
    text.append(tick.price()).append('\t').append(tick.size()).append('\t').append(tick.bid());
    text.append('\t').append(tick.ask()).append('\n');
  }
}
