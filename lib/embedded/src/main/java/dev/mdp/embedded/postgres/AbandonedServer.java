package dev.mdp.embedded.postgres;

import dev.mdp.embedded.Command;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The server that an owner of a data directory left behind when it was killed.
final class AbandonedServer {
  private static final Path PROCESSES = Path.of("/proc");

  private AbandonedServer() {}

  /// Stops it, if there is one. Its pid must really be a PostgreSQL of this directory. The caller
  /// holds the directory's lock, so no one needs it.
  static void stop(Path dataDir) throws IOException {
    Optional<ProcessHandle> abandoned = find(dataDir, PROCESSES);
    if (abandoned.isPresent()) {
      ProcessHandle server = abandoned.get();
      Command.signal("INT", server.pid());
      if (!ended(server, Postmaster.STOP_LIMIT)) {
        Command.signal("QUIT", server.pid());
        ended(server, Postmaster.STOP_LIMIT);
      }
    }
  }

  /// @param processes as `/proc`, where each process has a folder
  static Optional<ProcessHandle> find(Path dataDir, Path processes) throws IOException {
    OptionalLong pid = PidFile.read(dataDir).pid();
    return pid.isPresent() && isServerOf(dataDir, processes.resolve(Long.toString(pid.getAsLong())))
        ? ProcessHandle.of(pid.getAsLong())
        : Optional.empty();
  }

  /// What cannot be looked at has ended, or is another user's: the number was given to another
  /// process.
  private static boolean isServerOf(Path dataDir, Path process) throws IOException {
    try {
      return process.resolve("exe").toRealPath().getFileName().toString().equals("postgres")
          && process.resolve("cwd").toRealPath().equals(dataDir.toRealPath());
    } catch (FileSystemException _) {
      return false;
    }
  }

  private static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return !process.isAlive();
    }
  }
}
