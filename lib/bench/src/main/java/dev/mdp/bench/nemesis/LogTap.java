package dev.mdp.bench.nemesis;

import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// Copies every entry of every shard into a file beside the processes' logs, for a person who looks
/// for the reason of a bad verdict. One thread.
final class LogTap {
  private final Path folder;
  private final String[] last = new String[Grounds.SHARDS];

  LogTap(Path folder) {
    this.folder = folder;
    java.util.Arrays.fill(last, "0-0");
  }

  /// A dead letter was read.
  void note(Map<String, String> letter) throws IOException {
    append("dead-letters.log", letter + "\n");
  }

  void read(RespClient client) throws IOException {
    for (int shard = 0; shard < Grounds.SHARDS; shard++) {
      List<?> entries =
          RespClient.list(client.call("XRANGE", Grounds.stream(shard), "(" + last[shard], "+"));
      StringBuilder text = new StringBuilder();
      for (Object each : entries) {
        List<?> entry = RespClient.list(each);
        last[shard] = String.valueOf(entry.getFirst());
        text.append(last[shard]).append(' ').append(entry.get(1)).append('\n');
      }
      append("shard-" + shard + ".log", text);
    }
  }

  private void append(String file, CharSequence text) throws IOException {
    Files.writeString(
        folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
