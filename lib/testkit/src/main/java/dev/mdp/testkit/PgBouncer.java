package dev.mdp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A real pgbouncer on a free port of this machine, in front of every database of one PostgreSQL,
/// with its default settings: no startup parameter is ignored.
public final class PgBouncer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Path folder;
  private final int port;

  private PgBouncer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /// Skips the test where the program is absent.
  public static void assumeInstalled() {
    Assumptions.assumeTrue(
        program().isPresent(), "pgbouncer is not installed: apt-get install pgbouncer");
  }

  private static Optional<Path> program() {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// @param poolMode `session` or `transaction`
  /// @param secrets the users and what `pg_authid` has of their passwords
  public static PgBouncer start(
      int postgresPort, String poolMode, int poolSize, Map<String, String> secrets) {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Path folder =
          Files.createTempDirectory(
              "mdp-pgbouncer-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      Path users = folder.resolve("users.txt");
      Files.writeString(
          users,
          secrets.entrySet().stream()
              .map(each -> "\"%s\" \"%s\"\n".formatted(each.getKey(), each.getValue()))
              .collect(Collectors.joining()));
      Path config = folder.resolve("pgbouncer.ini");
      Files.writeString(
          config,
          """
          [databases]
          * = host=127.0.0.1 port=%d
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = scram-sha-256
          auth_file = %s
          pool_mode = %s
          default_pool_size = %d
          server_login_retry = 1
          """
              .formatted(postgresPort, port, users, poolMode, poolSize));
      Path log = folder.resolve("log");
      List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
      if ("root".equals(System.getProperty("user.name"))) {
        command.addAll(List.of("-u", "nobody")); // it refuses to run as root
      }
      command.add(config.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      PgBouncer started = new PgBouncer(process, folder, port);
      started.await(log);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(Path log) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String said = Files.readString(log, StandardCharsets.UTF_8);
          close();
          throw new AssertionError("pgbouncer does not answer: " + said, e);
        }
        Thread.onSpinWait();
      }
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
