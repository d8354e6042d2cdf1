package dev.mdp.embedded.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds and ends the server that a crashed process left behind in a data folder. Only a process
/// whose program is `redis-server` and whose working directory is that very folder is touched: a
/// process id alone may belong to anyone by now.
final class StaleServer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private StaleServer() {}

  static Optional<ProcessHandle> find(Path folder, Path pidFile) throws IOException {
    if (!Files.isReadable(pidFile)) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      return ProcessHandle.of(pid).filter(process -> isServerOf(folder, process));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Lets the server write its log to disk and leave; ends it by force when it takes too long.
  static void end(ProcessHandle process) throws InterruptedException {
    process.destroy();
    if (!exited(process)) {
      process.destroyForcibly();
      exited(process);
    }
  }

  private static boolean exited(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return !process.isAlive();
    }
  }

  private static boolean isServerOf(Path folder, ProcessHandle process) {
    try {
      Path entry = Path.of("/proc", Long.toString(process.pid()));
      if (Files.isDirectory(entry)) {
        return programOf(entry).startsWith(RedisBinary.PROGRAM)
            && entry.resolve("cwd").toRealPath().equals(folder.toRealPath());
      }
      Path program = folder.toRealPath().resolve(RedisBinary.PROGRAM);
      return process.info().command().map(Path::of).filter(program::equals).isPresent();
    } catch (IOException _) {
      return false;
    }
  }

  private static String programOf(Path entry) throws IOException {
    Path name = Files.readSymbolicLink(entry.resolve("exe")).getFileName();
    return name == null ? "" : name.toString();
  }
}
