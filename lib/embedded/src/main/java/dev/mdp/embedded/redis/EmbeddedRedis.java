package dev.mdp.embedded.redis;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Account;
import dev.mdp.embedded.Cleanup;
import dev.mdp.embedded.FolderLock;
import dev.mdp.embedded.Folders;
import dev.mdp.embedded.KeptPort;
import dev.mdp.embedded.ServerPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A real Redis server as a child process, on a port of 127.0.0.1, with an append-only file that is
/// synced every second. It is stopped by SIGTERM, on which Redis flushes that file and leaves; it
/// gets that signal, too, when this process ends without [#close()], however it ends. It never runs
/// as root.
///
/// One thread at a time. The folder is locked while the server is open: a second process gets a
/// [dev.mdp.core.error.ConflictException].
public final class EmbeddedRedis implements AutoCloseable {
  private final FolderLock lock;
  private final RedisFolder folder;
  private final List<String> extraArguments;
  private final Optional<Path> temporary;
  private final Optional<ServerPassword> password;
  private final String version;
  private @Nullable RedisChild child;
  private int port;
  private @Nullable Cleanup cleanup;

  private EmbeddedRedis(Path path, List<String> extraArguments, Optional<Path> temporary) {
    this.temporary = temporary;
    boolean guarded = temporary.isEmpty();
    this.extraArguments = guarded ? RedisFolder.guardedOptions() : extraArguments;
    try {
      Account account = Account.unprivileged("Redis", "set REDIS_URI");
      account.makePrivate(path);
      this.folder = new RedisFolder(path.toRealPath(), account);
      this.lock = FolderLock.acquire(folder.path(), "Redis");
    } catch (IOException e) {
      throw new ConfigException("cannot use " + path + " for the embedded Redis: " + e, e);
    }
    try {
      endStaleServer();
      this.version = folder.prepare(guarded);
      this.password =
          guarded ? Optional.of(ServerPassword.kept(folder.password())) : Optional.empty();
      start(guarded ? KeptPort.choose(folder.port()) : KeptPort.free(), true);
      if (guarded) {
        KeptPort.keep(folder.port(), port);
      }
    } catch (IOException | RuntimeException e) {
      endChild(false);
      lock.close();
      throw translated(e);
    } catch (InterruptedException e) {
      lock.close();
      throw interrupted(e);
    }
  }

  /// Starts a server that keeps its data in this folder; a second start continues with them, on the
  /// same port while that is free. It knows one user, `mdp`, with a random password that is kept
  /// beside the folder; see [RedisUsers].
  public static EmbeddedRedis start(Path folder) {
    return new EmbeddedRedis(folder, List.of(), Optional.empty());
  }

  /// Starts a server for tests in a temporary folder, deleted on close or when this process ends.
  /// Every local program may do anything on it. Extra arguments are those of `redis-server`, e.g.
  /// `--maxmemory`, `8mb`.
  public static EmbeddedRedis startTemporary(String... extraArguments) {
    Path parent;
    try {
      parent = Files.createTempDirectory("mdp-redis");
    } catch (IOException e) {
      throw new ConfigException("cannot make a temporary folder: " + e.getMessage(), e);
    }
    try {
      EmbeddedRedis redis =
          new EmbeddedRedis(
              parent.resolve("redis"), Arrays.asList(extraArguments), Optional.of(parent));
      redis.cleanup = new Cleanup(redis::discard);
      return redis;
    } catch (RuntimeException e) {
      delete(parent);
      throw e;
    }
  }

  /// `redis://127.0.0.1:PORT/0`, with user and password where there are any.
  public String uri() {
    String user = password.map(known -> RedisUsers.NAME + ":" + known.value() + "@").orElse("");
    return "redis://" + user + "127.0.0.1:" + port + "/0";
  }

  /// The password of the user `mdp`; empty for a temporary server.
  public Optional<ServerPassword> password() {
    return password;
  }

  public int port() {
    return port;
  }

  /// The server's version, e.g. `6.2.11`.
  public String version() {
    return version;
  }

  /// The process id. Throws [IllegalStateException] while stopped.
  public long pid() {
    RedisChild running = child;
    if (running == null) {
      throw new IllegalStateException("the embedded Redis is stopped");
    }
    return running.pid();
  }

  /// Where data and program are; the log is beside it.
  public Path folder() {
    return folder.path();
  }

  /// Stops the server in good order; the data stay. Does nothing when it is stopped.
  public void stop() {
    endChild(false);
  }

  /// Ends the server as a power cut would (SIGKILL); the data stay as far as they reached the disk.
  public void kill() {
    endChild(true);
  }

  /// Starts a stopped server again, with the same data on the same port.
  public void startAgain() {
    if (child != null) {
      throw new IllegalStateException("the embedded Redis is running");
    }
    try {
      start(port, false);
    } catch (IOException e) {
      throw translated(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    Cleanup atEnd = cleanup;
    cleanup = null;
    if (atEnd == null) {
      discard();
    } else {
      atEnd.close();
    }
  }

  private void discard() {
    stop();
    lock.close();
    temporary.ifPresent(EmbeddedRedis::delete);
  }

  private void start(int wantedPort, boolean mayMove) throws IOException, InterruptedException {
    RedisChild started = RedisChild.start(folder, wantedPort, mayMove, extraArguments);
    child = started;
    port = started.port();
  }

  private void endChild(boolean byForce) {
    RedisChild running = child;
    child = null;
    if (running != null) {
      running.end(byForce);
    }
  }

  private void endStaleServer() throws IOException, InterruptedException {
    var stale = StaleServer.find(folder.path(), folder.pid());
    if (stale.isPresent()) {
      StaleServer.end(stale.get());
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private static RuntimeException translated(Exception error) {
    return error instanceof RuntimeException runtime
        ? runtime
        : new ConfigException("cannot start the embedded Redis: " + error.getMessage(), error);
  }

  private static UnavailableException interrupted(InterruptedException error) {
    Thread.currentThread().interrupt();
    return new UnavailableException("interrupted while starting the embedded Redis", error);
  }
}
