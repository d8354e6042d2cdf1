package dev.mdp.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// The file `postmaster.pid` in which a server says that it uses a data directory.
///
/// @param lines none when there is no such file
record PidFile(List<String> lines) {
  PidFile {
    lines = List.copyOf(lines);
  }

  static PidFile read(Path dataDir) throws IOException {
    try {
      return new PidFile(Files.readAllLines(dataDir.resolve("postmaster.pid")));
    } catch (NoSuchFileException e) {
      return new PidFile(List.of());
    }
  }

  /// The id of the process that wrote the file; empty when it says none.
  OptionalLong pid() {
    return !lines.isEmpty() && lines.getFirst().strip().matches("[1-9][0-9]{0,9}")
        ? OptionalLong.of(Long.parseLong(lines.getFirst().strip()))
        : OptionalLong.empty();
  }

  /// Whether this process wrote the file and accepts connections.
  boolean isReady(long pid) {
    return lines.size() >= 8
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(7).strip().equals("ready");
  }
}
