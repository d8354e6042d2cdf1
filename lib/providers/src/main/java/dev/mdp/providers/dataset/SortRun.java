package dev.mdp.providers.dataset;

import dev.mdp.core.error.UnavailableException;
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
final class SortRun implements TickStream {
  private static final int BUFFER_BYTES = 1 << 15;

  private final DataInputStream in;
  private final String provider;
  private final String lane;
  private final Names names;
  private int left;

  private SortRun(InputStream file, String provider, String lane, Names names, int count) {
    this.in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    this.provider = provider;
    this.lane = lane;
    this.names = names;
    this.left = count;
  }

  /// Writes sorted ticks of one provider and lane; at least one.
  static SortRun write(List<Tick> sorted, Names names, Path folder) {
    try {
      Path path = Files.createTempFile(folder, "mdp-sort-", ".run");
      FileInputStream in = new FileInputStream(path.toFile());
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new FileOutputStream(path.toFile()), BUFFER_BYTES))) {
        Files.delete(path);
        for (Tick tick : sorted) {
          write(out, tick, names);
        }
      } catch (IOException e) {
        in.close();
        throw e;
      }
      Tick any = sorted.getFirst();
      return new SortRun(in, any.provider(), any.lane(), names, sorted.size());
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  @Override
  public @Nullable Tick next() {
    if (left == 0) {
      return null;
    }
    left--;
    try {
      return new Tick(
          provider,
          lane,
          names.symbol(in.readInt()),
          in.readLong(),
          in.readLong(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readLong());
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

  private static void write(DataOutputStream out, Tick tick, Names names) throws IOException {
    out.writeInt(names.number(tick.symbol()));
    out.writeLong(tick.srcMicros());
    out.writeLong(tick.seq());
    out.writeDouble(tick.price());
    out.writeDouble(tick.size());
    out.writeDouble(tick.bid());
    out.writeDouble(tick.ask());
    out.writeLong(tick.ingestMicros());
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
