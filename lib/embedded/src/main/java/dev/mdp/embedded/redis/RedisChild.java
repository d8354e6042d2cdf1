package dev.mdp.embedded.redis;

import dev.mdp.core.error.ConfigException;
import dev.mdp.embedded.KeptPort;
import dev.mdp.embedded.Watched;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of `redis-server`: started, ready, ended.
final class RedisChild {
  private static final String READY = "Ready to accept connections";
  private static final Duration LOADING_PATIENCE = Duration.ofMinutes(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final int PORT_ATTEMPTS = 5;

  private final Process process;
  private final int port;

  private RedisChild(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts on the port, on others where `mayMove` and it cannot be had, and returns when the
  /// server says that it is ready. Nothing connects before: another program may have the port.
  static RedisChild start(RedisFolder folder, int firstPort, boolean mayMove, List<String> extra)
      throws IOException, InterruptedException {
    int port = firstPort;
    for (int attempt = 1; ; attempt++) {
      long logged = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
      RedisChild child = new RedisChild(launch(folder, port, extra), port);
      try {
        if (child.isReady(folder.log(), logged)) {
          return child;
        }
      } catch (IOException | InterruptedException | RuntimeException e) {
        child.end(true);
        throw e;
      }
      child.end(true);
      if (!mayMove || attempt == PORT_ATTEMPTS) {
        throw new ConfigException(
            "the embedded Redis did not start; its log "
                + folder.log()
                + " ends:\n"
                + lastLines(folder.log()));
      }
      port = KeptPort.free();
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  void end(boolean byForce) {
    if (byForce) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    boolean interrupted = false;
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      interrupted = true;
      process.destroyForcibly();
    }
    endWatcher();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endWatcher() {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // it has ended already
    }
  }

  private static Process launch(RedisFolder folder, int port, List<String> extra)
      throws IOException {
    return new ProcessBuilder(Watched.command("TERM", folder.server(port, extra)))
        .directory(folder.path().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
        .start();
  }

  private boolean isReady(Path log, long from) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LOADING_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (textFrom(log, from).contains(READY)) {
        return process.isAlive();
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return false;
  }

  private static String textFrom(Path log, long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(1 << 20, Math.max(0, file.length() - from))];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
