package dev.mdp.providers.dataset;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.providers.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Writes small data files and reads them as datasets.
final class DatasetFiles {
  static final ColumnMapping CSV_COLUMNS =
      new ColumnMapping("t", TimeUnitName.MS, "p", "q", "id", null, null, null);
  static final ColumnMapping CSV_SYMBOLS =
      new ColumnMapping("t", TimeUnitName.US, "p", null, null, null, null, "s");
  static final ColumnMapping FRAMES =
      new ColumnMapping(
          "data.T", TimeUnitName.MS, "data.p", "data.q", "data.t", null, null, "data.s");

  private final Path folder;

  DatasetFiles(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// `t` in ms, `p`, `q`, `id`; symbol SPY.
  static DatasetSettings csv(Path... files) {
    return DatasetSettings.csv(
        "test", List.of(files), "feed", Optional.of(new Symbol("SPY")), CSV_COLUMNS);
  }

  /// `t` in µs, `p`, `s`; no seq.
  static DatasetSettings csvWithSymbols(Path... files) {
    return DatasetSettings.csv("test", List.of(files), "feed", Optional.empty(), CSV_SYMBOLS);
  }

  static DatasetSettings frames(LinePrefix prefix, Path... files) {
    return DatasetSettings.ndjson("test", List.of(files), "feed", Optional.empty(), FRAMES, prefix);
  }

  static List<Tick> read(DatasetSettings settings) {
    return read(settings, ReadOptions.all("run-1", 500_000));
  }

  static List<Tick> read(DatasetSettings settings, ReadOptions options) {
    try (DatasetSource source = new DatasetSource(settings, options)) {
      return Events.ticks(source, 100);
    }
  }

  /// `symbol@micros#seq=price` of each.
  static List<String> brief(List<Tick> ticks) {
    return ticks.stream()
        .map(t -> t.symbol() + "@" + t.srcMicros() + "#" + t.seq() + "=" + t.price())
        .toList();
  }
}
