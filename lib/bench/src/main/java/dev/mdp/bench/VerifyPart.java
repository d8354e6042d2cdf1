package dev.mdp.bench;

import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// (g): `verify bars` in a JVM with little memory, against psql with a plain GROUP BY that computes
/// the same decimal sums and writes them to /dev/null.
final class VerifyPart {
  private static final int SYMBOLS = 200;
  private static final int TICKS_A_WINDOW = 20;
  private static final String START = "2025-10-24T00:00:00Z";
  private static final long WINDOW_MICROS = 2_000_000;

  private static final String SUMS =
      """
      SELECT provider, symbol, date_bin('2 s', ts, '2000-01-01 00:00Z') AS start,
             sum(size::text::numeric), sum(price::text::numeric * size::text::numeric)
        FROM tick_data GROUP BY 1, 2, 3\
      """
          .replaceAll("\\s+", " ");

  private final Rig rig;
  private final Options options;
  private final BenchReport report;
  private final long windows;
  private final long ticks;

  VerifyPart(Rig rig, Options options, BenchReport report) {
    this.rig = rig;
    this.options = options;
    this.report = report;
    this.windows = Math.max(4, options.events() / SYMBOLS / TICKS_A_WINDOW);
    this.ticks = windows * SYMBOLS * TICKS_A_WINDOW;
  }

  void run() throws IOException, SQLException {
    report.title(
        "(g) verify bars, %,d ticks of %d symbols in %,d bars, -Xmx48m, against psql GROUP BY"
            .formatted(ticks, SYMBOLS, windows * SYMBOLS));
    fill();
    BenchSeries sums = new BenchSeries();
    BenchSeries verified = new BenchSeries();
    BenchSeries early = new BenchSeries();
    BenchSeries late = new BenchSeries();
    Map<String, String> arguments =
        Map.of("database", rig.databaseUrl(), "postgresPid", Long.toString(rig.postgresPid()));
    try (Psql psql = new Psql(rig.databaseUrl());
        Child child =
            Child.start(VerifyMain.class, List.of("-Xmx48m", "-XX:+UseSerialGC"), arguments)) {
      psql.ask("\\o /dev/null");
      psql.ask(SUMS);
      verify(child, windows / 4, early); // warms up
      for (int round = 0; round < options.rounds(); round++) {
        Stopwatch watch = new Stopwatch(rig, psql.pid());
        psql.ask(SUMS);
        watch.stop(sums, ticks);
        late.add(verify(child, windows, verified));
      }
    }
    BenchSeries slowdown = new BenchSeries();
    sums.over(verified).values().forEach(slowdown::add);
    report.figure("psql GROUP BY, ticks/s", sums);
    report.figure("verify bars, ticks/s", verified, Goal.AT_LEAST, 100_000);
    report.figure("time of verify / time of psql", slowdown, Goal.AT_MOST, 1.5);
    report.figure("peak resident memory of all rounds, MB", late);
  }

  /// Returns the child's peak of memory in MB.
  private double verify(Child child, long first, BenchSeries speed) {
    child.say(Long.toString(Micros.parse(START) + first * WINDOW_MICROS));
    Map<String, String> result = child.result();
    long read = first * SYMBOLS * TICKS_A_WINDOW;
    expect("ticks read", number(result, "ticks"), read);
    expect("bars checked", number(result, "checked"), first * SYMBOLS);
    expect("equal bars", number(result, "equal"), first * SYMBOLS);
    speed.add(
        read * 1e9 / number(result, "nanos"),
        new Cpu.Times(number(result, "own"), 0, number(result, "postgres")),
        read);
    return number(result, "peak") / 1e6;
  }

  private void expect(String what, long found, long wanted) {
    report.difference(found == wanted ? "" : what + ": " + found + ", not " + wanted);
  }

  private static long number(Map<String, String> result, String name) {
    return Long.parseLong(WorkerParts.required(result, name));
  }

  private void fill() throws SQLException {
    rig.reset();
    rig.execute(
        """
        SELECT setseed(0.7);
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size)
        SELECT 'bench', 'S' || s, timestamptz '%s' + w * interval '2 s' + t * interval '99 ms', t,
               100 + (random() * 5000)::int / 100.0, (random() * 100000)::int / 1000.0
          FROM generate_series(0, %d) w, generate_series(1, %d) t, generate_series(1, %d) s
        """
            .formatted(START, windows - 1, TICKS_A_WINDOW, SYMBOLS));
    rig.execute(
        """
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)
        SELECT provider, symbol, '2s', date_bin('2 s', ts, '2000-01-01 00:00Z'),
               (array_agg(price ORDER BY ts, seq))[1], max(price), min(price),
               (array_agg(price ORDER BY ts DESC, seq DESC))[1], sum(size::text::numeric)::float8,
               (round(sum(price::text::numeric * size::text::numeric), 100) / nullif(sum(size::text::numeric), 0))::float8,
               count(*)
          FROM tick_data GROUP BY 1, 2, 4
        """);
    rig.execute("VACUUM ANALYZE tick_data, bars_ohlcv");
    try (Statement statement = rig.connection().createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM tick_data")) {
      rows.next();
      expect("ticks in the table", rows.getLong(1), ticks);
    }
  }
}
