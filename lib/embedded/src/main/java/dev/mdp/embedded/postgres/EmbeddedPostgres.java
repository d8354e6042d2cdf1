package dev.mdp.embedded.postgres;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Account;
import dev.mdp.embedded.Folders;
import dev.mdp.embedded.KeptPort;
import dev.mdp.embedded.ServerPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A real PostgreSQL on a loopback port: database `market_data`, role `mdp`. It stops with
/// [#close()] and, at the latest, when this process dies. Thread-safe after start.
public final class EmbeddedPostgres implements AutoCloseable {
  public static final String ROLE = Cluster.ROLE;
  public static final String DATABASE = Cluster.DATABASE;
  private static final int ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Cluster cluster;
  private final DirectoryLock lock;
  private final int port;
  private final String version;
  private final Path temporary;
  private final Optional<ServerPassword> password;
  private volatile Postmaster postmaster;

  private EmbeddedPostgres(
      Cluster cluster,
      DirectoryLock lock,
      Optional<ServerPassword> password,
      Started started,
      Path temporary)
      throws IOException {
    this.cluster = cluster;
    this.lock = lock;
    this.password = password;
    this.postmaster = started.postmaster;
    this.port = started.port;
    this.temporary = temporary;
    this.version = cluster.version();
  }

  /// Starts a durable server on the directory; makes the database when the directory is empty or
  /// missing, continues with its data otherwise, on the same port while that is free. The role has
  /// a random password that is kept beside the directory, and no one gets in without. Throws
  /// [dev.mdp.core.error.ConflictException] naming the process that uses the directory.
  public static EmbeddedPostgres start(Path dataDir) {
    return start(resolved(dataDir), true, Path.of(""));
  }

  /// Starts a server for tests in a temporary directory which [#close()] deletes. It does not
  /// survive a power cut, and trusts every local program.
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
      Account account = Account.notNamedRoot();
      PostgresBinaries binaries = PostgresBinaries.unpacked(cache(account));
      DirectoryLock lock = DirectoryLock.acquire(dataDir);
      try {
        if (durable) {
          account.letThrough(dataDir.resolve("..").normalize());
        }
        AbandonedServer.stop(dataDir);
        Cluster cluster = new Cluster(dataDir, binaries, account, durable);
        cluster.create();
        return durable ? guarded(cluster, lock, temporary) : trusting(cluster, lock, temporary);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(dataDir.toString(), e);
    }
  }

  private static EmbeddedPostgres guarded(Cluster cluster, DirectoryLock lock, Path temporary)
      throws IOException {
    Path portFile = beside(cluster, ".port");
    ServerPassword password = ServerPassword.kept(beside(cluster, ".password"));
    int kept = KeptPort.choose(portFile);
    Started started =
        retrying(attempt -> {
          cluster.guard(password);
          return startOn(cluster, attempt == 1 ? kept : KeptPort.free());
        });
    return open(
        started,
        () -> {
          KeptPort.keep(portFile, started.port);
          return new EmbeddedPostgres(cluster, lock, Optional.of(password), started, temporary);
        });
  }

  private static EmbeddedPostgres trusting(Cluster cluster, DirectoryLock lock, Path temporary)
      throws IOException {
    Started started = retrying(_ -> startOn(cluster, KeptPort.free()));
    return open(
        started, () -> new EmbeddedPostgres(cluster, lock, Optional.empty(), started, temporary));
  }

  private interface Opening {
    EmbeddedPostgres open() throws IOException;
  }

  /// A server that has started does not stay when something fails after that.
  private static EmbeddedPostgres open(Started started, Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (IOException | RuntimeException e) {
      started.postmaster.stopAfter(e);
      throw e;
    }
  }

  private record Started(Postmaster postmaster, int port) {}

  private interface Attempt {
    Started start(int number) throws IOException;
  }

  /// Tries again when another program took the port, or while the last sessions of a server that
  /// was killed are still going.
  private static Started retrying(Attempt attempt) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return attempt.start(number);
      } catch (UnavailableException e) {
        if (number == ATTEMPTS || !Postmaster.mayPass(e)) {
          throw e;
        }
        pause();
      }
    }
  }

  private static Started startOn(Cluster cluster, int port) throws IOException {
    return new Started(Postmaster.start(cluster, port, beside(cluster, ".log")), port);
  }

  private static Path beside(Cluster cluster, String suffix) {
    return cluster.dataDir().resolveSibling(cluster.dataDir().getFileName() + suffix);
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

  /// For JDBC: `jdbc:postgresql://127.0.0.1:PORT/market_data?user=mdp`, with the password.
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s%s"
        .formatted(
            port,
            Cluster.DATABASE,
            Cluster.ROLE,
            password.map(known -> "&password=" + known.value()).orElse(""));
  }

  /// For our own configuration: `postgresql://mdp@127.0.0.1:PORT/market_data`, with the password.
  public String url() {
    return url(Cluster.DATABASE);
  }

  /// The same for another database of the server.
  public String url(String database) {
    return "postgresql://%s%s@127.0.0.1:%d/%s"
        .formatted(
            Cluster.ROLE, password.map(known -> ":" + known.value()).orElse(""), port, database);
  }

  /// The role's password; empty for a temporary server.
  public Optional<ServerPassword> password() {
    return password;
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
      postmaster = retrying(_ -> startOn(cluster, port)).postmaster;
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
