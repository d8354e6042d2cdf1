package dev.mdp.bench.nemesis;

import dev.mdp.testkit.net.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Copies every entry of every shard into a file beside the processes' logs, for a person who looks
/// for the reason of a bad verdict. One thread.
final class LogTap {
  private final Path folder;
  private final String[] last = new String[Grounds.SHARDS];

  LogTap(Path folder) {
    this.folder = folder;
    java.util.Arrays.fill(last, "0-0");
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
      Files.writeString(
          folder.resolve("shard-" + shard + ".log"),
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
