package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/// Copies every entry of every shard into a file beside the processes' logs, for a person who looks
/// for the reason of a bad verdict. One thread; letters may be noted by any.
final class LogTap {
  private final Path folder;
  private final Position[] last = new Position[TestBed.SHARDS];

  LogTap(Path folder) {
    this.folder = folder;
    Arrays.fill(last, Position.START);
  }

  /// A dead letter was read.
  void note(Map<String, String> letter) {
    append("dead-letters.log", letter.toString());
  }

  /// The last entry that was copied.
  Position last(int shard) {
    return last[shard];
  }

  void entry(int shard, Position position, String content) {
    last[shard] = position;
    append("shard-" + shard + ".log", position + " " + content);
  }

  private void append(String file, String line) {
    try {
      Files.writeString(
          folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
