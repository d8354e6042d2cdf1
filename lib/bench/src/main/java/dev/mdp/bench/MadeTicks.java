package dev.mdp.bench;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The same ticks twice: as batches for the tick store, and as files for `\copy`.
///
/// @param expected what a table must have of them
record MadeTicks(List<List<Tick>> batches, List<Path> files, Expected expected) {
  /// The order of a file's columns.
  static final String COLUMNS = "(provider, symbol, ts, seq, price, size, bid, ask)";

  private static final int SYMBOLS = 500;
  private static final String PROVIDER = "bench";

  MadeTicks {
    batches = List.copyOf(batches);
    files = List.copyOf(files);
  }

  /// Makes rows, always the same ones, in batches and files of `batch`.
  static MadeTicks make(int rows, int batch, Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    long start = Micros.parse("2025-10-24T00:00:00Z");
    long volume = 0;
    List<List<Tick>> batches = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (int from = 0; from < rows; from += batch) {
      List<Tick> ticks = new ArrayList<>(batch);
      StringBuilder text = new StringBuilder();
      for (int i = from; i < from + batch; i++) {
        Tick tick = tick(random, i, start + i * 10L);
        volume += (long) tick.size();
        ticks.add(tick);
        line(text, tick);
      }
      batches.add(ticks);
      files.add(Files.writeString(folder.resolve("ticks-" + files.size() + ".txt"), text));
    }
    return new MadeTicks(batches, files, new Expected(PROVIDER, rows, volume));
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
