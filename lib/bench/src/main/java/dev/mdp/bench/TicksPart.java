package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.TickStore;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// (c): ticks in transactions of 5,000 through the tick store against psql `\copy` of the same
/// rows.
final class TicksPart {
  private static final int BATCH = 5_000;

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final int rows;

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
    MadeTicks made = MadeTicks.make(rows, BATCH, rig.folder());
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
          made,
          new BenchSeries(),
          new BenchSeries(),
          new BenchSeries(),
          new BenchSeries()); // warms up
      for (int round = 0; round < options.rounds(); round++) {
        round(psql, made, copy, fresh, unchanged, wal);
      }
    }
    report.figure("psql \\copy, rows/s", copy);
    report.figure("fresh ticks, rows/s", fresh);
    report.figure("fresh / psql \\copy", fresh.over(copy), Goal.AT_LEAST, 0.6);
    report.figure("unchanged ticks, rows/s", unchanged);
    report.figure("WAL of a fresh tick, bytes", wal);
  }

  private void round(
      Psql psql,
      MadeTicks made,
      BenchSeries copy,
      BenchSeries fresh,
      BenchSeries unchanged,
      BenchSeries wal)
      throws IOException, SQLException {
    rig.execute("TRUNCATE plain_ticks");
    rig.reset();
    Expected expected = made.expected();
    Stopwatch watch = new Stopwatch(rig, psql.pid());
    psql.copy("plain_ticks " + MadeTicks.COLUMNS, made.files());
    watch.stop(copy, rows);
    report.difference(expected.difference(rig.connection(), "plain_ticks", "size"));

    rig.execute("CHECKPOINT");
    long logged = rig.walBytes();
    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    long inserted = write(made).inserted();
    watch.stop(fresh, rows);
    wal.add((double) (rig.walBytes() - logged) / rows);
    report.difference(expected.difference(rig.connection(), "tick_data", "size"));
    report.difference(inserted == rows ? "" : "inserted " + inserted + " ticks of " + rows);

    watch = new Stopwatch(rig, ProcessHandle.current().pid());
    long same = write(made).unchanged();
    watch.stop(unchanged, rows);
    report.difference(same == rows ? "" : "unchanged " + same + " ticks of " + rows);
  }

  private TickStore.TickWrites write(MadeTicks made) {
    long inserted = 0;
    long unchanged = 0;
    long conflicts = 0;
    for (List<Tick> batch : made.batches()) {
      Map<String, TickStore.TickWrites> writes = rig.store().ticks().write(batch, _ -> List.of());
      for (TickStore.TickWrites each : writes.values()) {
        inserted += each.inserted();
        unchanged += each.unchanged();
        conflicts += each.conflicts();
      }
    }
    return new TickStore.TickWrites(inserted, unchanged, conflicts);
  }
}
