package dev.mdp.providers.dataset;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sorted part of a large dataset in a temporary file. The file's name is removed as soon as it
/// is open, so nothing stays behind whatever ends the process. One thread.
final class SortRun implements EventStream {
  private static final int BUFFER_BYTES = 1 << 15;

  private final DataInputStream in;
  private final String provider;
  private final String lane;
  private final @Nullable Interval interval;
  private final Names names;
  private int left;

  /// @param any event of the run: they differ in what is written alone
  private SortRun(InputStream file, MarketEvent any, Names names, int count) {
    this.in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    this.provider = any.provider();
    this.lane = any.lane();
    this.interval = any instanceof BarEvent bar ? bar.bar().interval() : null;
    this.names = names;
    this.left = count;
  }

  /// Writes sorted events of one provider, lane and kind; at least one.
  static SortRun write(List<? extends MarketEvent> sorted, Names names, Path folder) {
    try {
      Path path = Files.createTempFile(folder, "mdp-sort-", ".run");
      FileInputStream in = new FileInputStream(path.toFile());
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new FileOutputStream(path.toFile()), BUFFER_BYTES))) {
        Files.delete(path);
        for (MarketEvent event : sorted) {
          write(out, event, names);
        }
      } catch (IOException e) {
        in.close();
        throw e;
      }
      return new SortRun(in, sorted.getFirst(), names, sorted.size());
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  @Override
  public @Nullable MarketEvent next() {
    if (left == 0) {
      return null;
    }
    left--;
    try {
      Symbol symbol = names.symbol(in.readInt());
      long micros = in.readLong();
      long seq = in.readLong();
      long ingest = in.readLong();
      return interval == null
          ? tick(symbol, micros, seq, ingest)
          : new BarEvent(bar(symbol, interval, micros), seq, ingest);
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot read a temporary file of --sort: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot close a temporary file of --sort: " + e.getMessage(), e);
    }
  }

  private Tick tick(Symbol symbol, long micros, long seq, long ingest) throws IOException {
    return new Tick(
        provider,
        lane,
        symbol,
        micros,
        seq,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        ingest);
  }

  private Bar bar(Symbol symbol, Interval each, long start) throws IOException {
    return new Bar(
        provider,
        lane,
        symbol,
        each,
        start,
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        Double.NaN,
        Bar.EXTERNAL);
  }

  private static void write(DataOutputStream out, MarketEvent event, Names names)
      throws IOException {
    out.writeInt(names.number(EventStream.symbol(event)));
    out.writeLong(EventStream.micros(event));
    out.writeLong(EventStream.seq(event));
    switch (event) {
      case Tick tick -> {
        out.writeLong(tick.ingestMicros());
        out.writeDouble(tick.price());
        out.writeDouble(tick.size());
        out.writeDouble(tick.bid());
        out.writeDouble(tick.ask());
      }
      case BarEvent bar -> {
        out.writeLong(bar.ingestMicros());
        out.writeDouble(bar.bar().open());
        out.writeDouble(bar.bar().high());
        out.writeDouble(bar.bar().low());
        out.writeDouble(bar.bar().close());
        out.writeDouble(bar.bar().volume());
      }
      case LaneEnd _ -> throw new IllegalArgumentException("no row of a file: " + event);
    }
  }

  private static UnavailableException failed(Path folder, IOException e) {
    return new UnavailableException(
        "cannot write a temporary file of --sort in %s: %s; name a folder with room by -Djava.io.tmpdir="
            .formatted(folder, e.getMessage()),
        e);
  }

  /// The symbols of all runs, by number.
  static final class Names {
    private final List<Symbol> symbols = new ArrayList<>();
    private final Map<Symbol, Integer> numbers = new HashMap<>();

    int number(Symbol symbol) {
      return numbers.computeIfAbsent(
          symbol,
          added -> {
            symbols.add(added);
            return symbols.size() - 1;
          });
    }

    Symbol symbol(int number) {
      return symbols.get(number);
    }
  }
}
