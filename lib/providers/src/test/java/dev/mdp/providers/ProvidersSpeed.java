package dev.mdp.providers;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.source.EventSource;
import dev.mdp.providers.dataset.ColumnMapping;
import dev.mdp.providers.dataset.DatasetSettings;
import dev.mdp.providers.dataset.DatasetSource;
import dev.mdp.providers.dataset.LinePrefix;
import dev.mdp.providers.dataset.ReadOptions;
import dev.mdp.providers.dataset.TimeUnitName;
import dev.mdp.providers.synthetic.Pace;
import dev.mdp.providers.synthetic.SyntheticSettings;
import dev.mdp.providers.synthetic.SyntheticSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Measures how fast the sources are, medians of 5 rounds after 2 of warming up: `java -cp …
/// dev.mdp.providers.ProvidersSpeed`, from the test classpath.
public final class ProvidersSpeed {
  private static final int ROWS = 2_000_000;
  private static final int BATCH = 1_000;

  private ProvidersSpeed() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("mdp-speed");
    Path csv = folder.resolve("ticks.csv");
    Path ndjson = folder.resolve("frames.ndjson");
    write(csv, ndjson);
    measure("synthetic, 1 symbol", () -> synthetic(1));
    measure("synthetic, 500 symbols", () -> synthetic(500));
    measure("csv", () -> new DatasetSource(csv(csv, "id"), ReadOptions.all("l", 500_000)));
    measure("csv, no seq", () -> new DatasetSource(csv(csv, null), ReadOptions.all("l", 500_000)));
    ReadOptions sort = new ReadOptions("l", Long.MIN_VALUE, Long.MAX_VALUE, 0, true);
    measure("csv, sort", () -> new DatasetSource(csv(csv, "id"), sort));
    measure(
        "ndjson with prefix",
        () -> new DatasetSource(frames(ndjson), ReadOptions.all("l", 500_000)));
    Files.delete(csv);
    Files.delete(ndjson);
    Files.delete(folder);
  }

  private static void measure(String what, Supplier<EventSource> source) {
    double[] perSecond = new double[5];
    for (int round = -2; round < perSecond.length; round++) {
      long start = System.nanoTime();
      long count = 0;
      try (EventSource opened = source.get()) {
        while (!opened.exhausted()) {
          count += opened.next(BATCH).size();
        }
      }
      if (count != ROWS) {
        throw new IllegalStateException(what + ": " + count + " events");
      }
      if (round >= 0) {
        perSecond[round] = count * 1e9 / (System.nanoTime() - start);
      }
    }
    Arrays.sort(perSecond);
    System.out.printf("%-24s %,12.0f events/s %8.3f µs%n", what, perSecond[2], 1e6 / perSecond[2]);
  }

  private static SyntheticSource synthetic(int symbols) {
    return new SyntheticSource(
        new SyntheticSettings(
            "synthetic",
            "",
            IntStream.range(0, symbols).mapToObj(i -> new Symbol("S" + i)).toList(),
            100_000.0 / symbols,
            0.02,
            1,
            ROWS,
            new Pace.AsFastAsAsked(Instant.EPOCH)),
        InstantSource.system());
  }

  private static DatasetSettings csv(Path file, @Nullable String seq) {
    return DatasetSettings.csv(
        "speed",
        List.of(file),
        "feed",
        Optional.of(new Symbol("X")),
        new ColumnMapping("t", TimeUnitName.MS, "price", "size", seq, null, null, null));
  }

  private static DatasetSettings frames(Path file) {
    return DatasetSettings.ndjson(
        "speed",
        List.of(file),
        "feed",
        Optional.empty(),
        new ColumnMapping(
            "data.T", TimeUnitName.MS, "data.p", "data.q", "data.t", null, null, "data.s"),
        LinePrefix.EPOCH_NS);
  }

  private static void write(Path csv, Path ndjson) throws IOException {
    try (PrintWriter rows = new PrintWriter(Files.newBufferedWriter(csv));
        PrintWriter frames = new PrintWriter(Files.newBufferedWriter(ndjson))) {
      rows.println("t,price,size,id,side");
      for (int i = 0; i < ROWS; i++) {
        long millis = 1_723_161_254_087L + i / 3;
        String price = "6" + (1_000 + i * 7919L % 997) + "." + (10 + i % 90);
        String size = "0." + (10_000 + i * 31L % 89_999);
        rows.println(millis + "," + price + "," + size + "," + i + ",sell");
        frames.println(
            (millis * 1_000_000 + 7)
                + " {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":"
                + (millis + 1)
                + ",\"s\":\"BTCUSDT\",\"t\":"
                + i
                + ",\"p\":\""
                + price
                + "000000\",\"q\":\""
                + size
                + "000\",\"T\":"
                + millis
                + ",\"m\":true,\"M\":true}}");
      }
    }
  }
}
