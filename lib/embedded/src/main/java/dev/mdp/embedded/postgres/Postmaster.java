package dev.mdp.embedded.postgres;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Command;
import dev.mdp.embedded.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The running server process of one cluster.
///
/// When we die in whatever way, its watcher stops it with SIGINT: a fast shutdown, which writes all
/// to disk.
final class Postmaster {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /// Returns when it accepts connections.
  static Postmaster start(Cluster cluster, int port, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Watched.command("INT", cluster.account().command(server(cluster, port))));
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
    Postmaster started = new Postmaster(builder.start());
    try {
      started.awaitReady(cluster, log);
      return started;
    } catch (IOException | RuntimeException e) {
      started.stopAfter(e);
      throw e;
    }
  }

  /// A server that no one will know of does not stay; an interrupt does not keep it from that.
  void stopAfter(Exception reason) {
    boolean interrupted = Thread.interrupted();
    try {
      stop();
    } catch (IOException e) {
      reason.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether the server refused to start for a reason that goes away by itself.
  static boolean mayPass(UnavailableException refusal) {
    String message = String.valueOf(refusal.getMessage());
    return message.contains("pre-existing shared memory block")
        || message.contains("Address already in use");
  }

  private static List<String> server(Cluster cluster, int port) {
    List<String> command =
        new ArrayList<>(
            List.of(
                cluster.binaries().postgres().toString(),
                "-D",
                cluster.dataDir().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    if (!cluster.durable()) {
      for (String off : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        command.addAll(List.of("-c", off + "=off"));
      }
    }
    return command;
  }

  private void awaitReady(Cluster cluster, Path log) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!PidFile.read(cluster.dataDir()).isReady(process.pid())) {
      boolean ended = waitFor(Duration.ofMillis(10));
      if (ended || System.nanoTime() > deadline) {
        throw new UnavailableException(
            "embedded PostgreSQL did not start in "
                + cluster.dataDir()
                + ": "
                + Files.readString(log).strip());
      }
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// Rolls back what is open, writes all to disk and ends; after a while without mercy.
  void stop() throws IOException {
    if (process.isAlive()) {
      Command.signal("INT", process.pid());
      if (!waitFor(STOP_LIMIT)) {
        Command.signal("QUIT", process.pid());
        waitFor(STOP_LIMIT);
      }
    }
    process.getOutputStream().close();
  }

  private boolean waitFor(Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL started or stopped", e);
    }
  }

  /// Ends without a checkpoint; the next start recovers from the log.
  void crash() throws IOException {
    Command.signal("QUIT", process.pid());
    waitFor(STOP_LIMIT);
    process.getOutputStream().close();
  }
}
