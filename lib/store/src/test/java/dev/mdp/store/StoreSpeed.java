package dev.mdp.store;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.run.RunProgress;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.database.StoreSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/// Prints rows per second of our writes and of psql's `\copy` of the same rows into a plain indexed
/// table, in alternating rounds on a durable server: `StoreSpeed [rows a batch] [rounds]
/// [symbols]`.
final class StoreSpeed {
  private static final int WARM_UP = 5;

  private final int batch;
  private final int rounds;
  private final int symbols;
  private final Path folder;
  private final Psql psql;
  private final PostgresStore store;
  private final List<Double> copyBars = new ArrayList<>();
  private final List<Double> freshBars = new ArrayList<>();
  private final List<Double> sameBars = new ArrayList<>();
  private final List<Double> copyTicks = new ArrayList<>();
  private final List<Double> freshTicks = new ArrayList<>();
  private final List<Double> sameTicks = new ArrayList<>();

  private StoreSpeed(int[] sizes, Path folder, Psql psql, PostgresStore store) {
    this.batch = sizes[0];
    this.rounds = sizes[1];
    this.symbols = sizes[2];
    this.folder = folder;
    this.psql = psql;
    this.store = store;
  }

  static void main(String[] args) throws Exception {
    int[] sizes = {5_000, 30, 100};
    for (int i = 0; i < args.length; i++) {
      sizes[i] = Integer.parseInt(args[i]);
    }
    Path folder = Files.createTempDirectory("store-speed");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("data"));
        PostgresStore store =
            new PostgresStore(StoreSettings.of(server.url(), 4, "speed"), new RecordingMetrics());
        Psql psql = new Psql(server.url())) {
      store.migrations().migrate();
      plainTables(server.jdbcUrl());
      new StoreSpeed(sizes, folder, psql, store).run();
    }
  }

  private static void plainTables(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plain_bars (LIKE bars_ohlcv INCLUDING DEFAULTS);"
              + "ALTER TABLE plain_bars ADD PRIMARY KEY (provider, symbol, interval, ts);"
              + "CREATE TABLE plain_ticks (LIKE tick_data INCLUDING DEFAULTS);"
              + "ALTER TABLE plain_ticks ADD PRIMARY KEY (provider, symbol, ts, seq)");
    }
  }

  private void run() throws IOException {
    ClaimRequest request =
        new ClaimRequest(
            new CheckpointKey("speed", "t", 0),
            "me",
            1,
            List.of(Samples.TWO_SECONDS),
            Duration.ofMinutes(5),
            0);
    Lease lease = ((ClaimResult.Claimed) store.checkpoints().leases().claim(request)).lease();
    for (int round = 0; round < rounds; round++) {
      boolean counts = round >= WARM_UP;
      List<Bar> bars = bars(round);
      measure(
          copyBars,
          counts,
          file(bars, StoreSpeed::line),
          "plain_bars (provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count)");
      for (List<Double> figures : List.of(freshBars, sameBars)) {
        long begun = System.nanoTime();
        lease =
            store
                .checkpoints()
                .commits()
                .commit(lease, Checkpoint.EMPTY, new FencedWrite.Bars(bars), RunProgress.NONE)
                .lease();
        add(figures, counts, System.nanoTime() - begun);
      }
      List<Tick> ticks = ticks(round);
      measure(
          copyTicks,
          counts,
          file(ticks, StoreSpeed::line),
          "plain_ticks (provider, symbol, ts, seq, price, size)");
      for (List<Double> figures : List.of(freshTicks, sameTicks)) {
        long begun = System.nanoTime();
        store.ticks().write(ticks, _ -> List.of());
        add(figures, counts, System.nanoTime() - begun);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d rows a batch, %d symbols, medians of %d rounds, rows/s%n",
        batch,
        symbols,
        rounds - WARM_UP);
    print("bars  \\copy plain", copyBars, copyBars);
    print("bars  commit fresh", freshBars, copyBars);
    print("bars  commit unchanged", sameBars, copyBars);
    print("ticks \\copy plain", copyTicks, copyTicks);
    print("ticks write fresh", freshTicks, copyTicks);
    print("ticks write unchanged", sameTicks, copyTicks);
  }

  private void measure(List<Double> figures, boolean counts, Path file, String target)
      throws IOException {
    double millis = psql.time("\\copy " + target + " from '" + file + "'");
    add(figures, counts, Math.round(millis * 1e6));
    Files.delete(file);
  }

  private void add(List<Double> figures, boolean counts, long nanos) {
    if (counts) {
      figures.add(batch * 1e9 / nanos);
    }
  }

  private static void print(String what, List<Double> figures, List<Double> base) {
    System.out.printf(
        Locale.ROOT, "%-24s %9.0f  %.2f%n", what, median(figures), median(figures) / median(base));
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElse(Double.NaN);
  }

  private List<Bar> bars(int round) {
    Random random = new Random(round);
    List<Bar> bars = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      int index = round * (batch / symbols) + i / symbols;
      double open = 100 + random.nextInt(10_000) / 100.0;
      bars.add(
          new Bar(
              "ibkr_primary",
              "",
              symbol(i),
              Samples.TWO_SECONDS,
              Samples.T0 + index * 2_000_000L,
              open,
              open + 1,
              open - 1,
              open + 0.25,
              random.nextInt(1_000_000),
              open + 0.123456789,
              1 + random.nextInt(100)));
    }
    return bars;
  }

  private List<Tick> ticks(int round) {
    Random random = new Random(round);
    List<Tick> ticks = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      long micros = Samples.T0 + (round * (long) batch + i) * 1_000;
      ticks.add(
          new Tick(
              "ibkr_primary",
              "",
              symbol(i),
              micros,
              i,
              100 + random.nextInt(10_000) / 100.0,
              1 + random.nextInt(1_000),
              Tick.ABSENT,
              Tick.ABSENT,
              micros));
    }
    return ticks;
  }

  private Symbol symbol(int i) {
    return new Symbol("S" + (10_000 + i % symbols));
  }

  private static String line(Bar bar) {
    return String.join(
        "\t",
        bar.provider(),
        bar.symbol().value(),
        bar.interval().toString(),
        Micros.format(bar.startMicros()),
        "" + bar.open(),
        "" + bar.high(),
        "" + bar.low(),
        "" + bar.close(),
        "" + bar.volume(),
        "" + bar.vwap(),
        "" + bar.tradeCount());
  }

  private static String line(Tick tick) {
    return String.join(
        "\t",
        tick.provider(),
        tick.symbol().value(),
        Micros.format(tick.srcMicros()),
        "" + tick.seq(),
        "" + tick.price(),
        "" + tick.size());
  }

  /// In key order, as our writers send them.
  private <T> Path file(List<T> rows, Function<T, String> line) throws IOException {
    Path file = Files.createTempFile(folder, "rows", ".txt");
    List<String> lines = rows.stream().map(line).sorted().toList();
    Files.write(file, lines);
    return file;
  }

  /// A psql that stays open, so that its start is not measured.
  private static final class Psql implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    Psql(String url) throws IOException {
      process = new ProcessBuilder("psql", "-X", "-q", url).redirectErrorStream(true).start();
      in = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      in.write("\\timing on\n");
    }

    double time(String command) throws IOException {
      in.write(command + "\n");
      in.flush();
      String line = out.readLine();
      if (line == null || !line.startsWith("Time: ")) {
        throw new IOException("psql: " + line);
      }
      return Double.parseDouble(line.split(" ", 3)[1]);
    }

    @Override
    public void close() throws IOException {
      in.close();
      process.destroy();
    }
  }
}
