package dev.mdp.embedded.postgres;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A real PostgreSQL on a free loopback port: database `market_data`, role `mdp` without password.
/// It stops with [#close()] and, at the latest, when this process dies. Thread-safe after start.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Cluster cluster;
  private final DirectoryLock lock;
  private final int port;
  private final String version;
  private final Path temporary;
  private volatile Postmaster postmaster;

  private EmbeddedPostgres(
      Cluster cluster, DirectoryLock lock, Postmaster postmaster, int port, Path temporary)
      throws IOException {
    this.cluster = cluster;
    this.lock = lock;
    this.postmaster = postmaster;
    this.port = port;
    this.temporary = temporary;
    this.version = cluster.version();
  }

  /// Starts a durable server on the directory; makes the database when the directory is empty or
  /// missing, continues with its data otherwise. Throws [dev.mdp.core.error.ConflictException]
  /// naming the process that uses the directory.
  public static EmbeddedPostgres start(Path dataDir) {
    return start(resolved(dataDir), true, Path.of(""));
  }

  /// Starts a server for tests in a temporary directory which [#close()] deletes. It does not
  /// survive a power cut.
  public static EmbeddedPostgres startTemporary() {
    try {
      Path folder = Files.createTempDirectory("mdp-postgres-");
      Files.setPosixFilePermissions(folder, Folders.READABLE_BY_ALL);
      return start(folder.resolve("data").toAbsolutePath().normalize(), false, folder);
    } catch (IOException e) {
      throw failed("a temporary directory", e);
    }
  }

  /// The directory itself behind a link, because making it ends in a rename.
  private static Path resolved(Path dataDir) {
    try {
      return dataDir.toRealPath();
    } catch (IOException _) {
      return dataDir.toAbsolutePath().normalize(); // not there yet
    }
  }

  private static EmbeddedPostgres start(Path dataDir, boolean durable, Path temporary) {
    try {
      Account account = Account.choose();
      PostgresBinaries binaries = PostgresBinaries.unpacked(cache(account));
      DirectoryLock lock = DirectoryLock.acquire(dataDir);
      try {
        Postmaster.stopAbandoned(dataDir);
        Cluster cluster = new Cluster(dataDir, binaries, account, durable);
        cluster.create();
        Started started = launch(cluster, 0);
        return new EmbeddedPostgres(cluster, lock, started.postmaster, started.port, temporary);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(dataDir.toString(), e);
    }
  }

  private record Started(Postmaster postmaster, int port) {}

  /// Tries again when another program took the port, or while the last sessions of a server that
  /// was killed are still going.
  private static Started launch(Cluster cluster, int wantedPort) throws IOException {
    Path log = cluster.dataDir().resolveSibling(cluster.dataDir().getFileName() + ".log");
    for (int attempt = 1; ; attempt++) {
      int port = wantedPort == 0 ? freePort() : wantedPort;
      try {
        return new Started(Postmaster.start(cluster, port, log), port);
      } catch (UnavailableException e) {
        if (attempt == ATTEMPTS || !Postmaster.mayPass(e)) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL started", e);
    }
  }

  private static UnavailableException failed(String where, IOException cause) {
    return new UnavailableException("embedded PostgreSQL in " + where + ": " + cause, cause);
  }

  private static Path cache(Account account) throws IOException {
    String override = System.getProperty("mdp.embedded.cache", "");
    String xdg = System.getenv("XDG_CACHE_HOME");
    if (!override.isEmpty()) {
      return Path.of(override);
    } else if (account.isForeign()) { // who cannot enter root's home
      return account.cache();
    } else if (xdg != null && !xdg.isEmpty()) {
      return Path.of(xdg, "mdp");
    }
    return Path.of(System.getProperty("user.home", "."), ".cache", "mdp");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// For JDBC: `jdbc:postgresql://127.0.0.1:PORT/market_data?user=mdp`.
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + Cluster.DATABASE + "?user=" + Cluster.ROLE;
  }

  /// For psql and our own configuration: `postgresql://mdp@127.0.0.1:PORT/market_data`.
  public String url() {
    return "postgresql://" + Cluster.ROLE + "@127.0.0.1:" + port + "/" + Cluster.DATABASE;
  }

  public int port() {
    return port;
  }

  /// The server's version, for example `18.6`.
  public String version() {
    return version;
  }

  /// The server's process id.
  public long pid() {
    return postmaster.pid();
  }

  public Path dataDir() {
    return cluster.dataDir();
  }

  /// Ends the server at once, as `pg_ctl stop -m immediate`: sessions are cut, nothing is written
  /// any more. What was committed comes back from its log.
  public void crash() {
    try {
      postmaster.crash();
    } catch (IOException e) {
      throw failed(cluster.dataDir().toString(), e);
    }
  }

  /// Starts a server that has ended again, with the same data on the same port.
  public void startAgain() {
    if (isAlive()) {
      throw new IllegalStateException("the embedded PostgreSQL is running");
    }
    try {
      postmaster = launch(cluster, port).postmaster;
    } catch (IOException e) {
      throw failed(cluster.dataDir().toString(), e);
    }
  }

  public boolean isAlive() {
    return postmaster.isAlive();
  }

  /// Disconnects the clients, writes everything to disk, ends the server; deletes a temporary one.
  @Override
  public void close() {
    try (lock) {
      postmaster.stop();
      if (!cluster.durable()) {
        Folders.delete(temporary);
      }
    } catch (IOException e) {
      throw failed(cluster.dataDir().toString(), e);
    }
  }
}
