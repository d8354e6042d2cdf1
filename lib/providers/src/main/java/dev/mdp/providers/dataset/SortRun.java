package dev.mdp.providers.dataset;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sorted part of a large dataset in a temporary file. The file's name is removed as soon as it
/// is open, so nothing stays behind whatever ends the process. One thread.
final class SortRun implements EventStream {
  private static final int BUFFER_BYTES = 1 << 15;

  private final DataInputStream in;
  private final RunFormat format;
  private int left;

  private SortRun(InputStream file, RunFormat format, int count) {
    this.in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    this.format = format;
    this.left = count;
  }

  /// Writes sorted events of one provider, lane and kind; at least one.
  static SortRun write(List<? extends MarketEvent> sorted, SymbolNumbers numbers, Path folder) {
    RunFormat format = new RunFormat(sorted.getFirst(), numbers);
    try {
      Path path = Files.createTempFile(folder, "mdp-sort-", ".run");
      FileInputStream in = new FileInputStream(path.toFile());
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new FileOutputStream(path.toFile()), BUFFER_BYTES))) {
        Files.delete(path);
        for (MarketEvent event : sorted) {
          format.write(out, event);
        }
      } catch (IOException e) {
        in.close();
        throw e;
      }
      return new SortRun(in, format, sorted.size());
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
      return format.read(in);
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

  private static UnavailableException failed(Path folder, IOException e) {
    return new UnavailableException(
        "cannot write a temporary file of --sort in %s: %s; name a folder with room by -Djava.io.tmpdir="
            .formatted(folder, e.getMessage()),
        e);
  }
}
