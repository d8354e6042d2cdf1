package dev.mdp.embedded.redis;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.FolderLock;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real Redis server as a child process, on a free port of 127.0.0.1, with an append-only file
/// that is synced every second. It is stopped by SIGTERM, on which Redis flushes that file and
/// leaves; what survives a crash of this process is ended by the next start in the same folder.
///
/// One thread at a time. The folder is locked while the server is open: a second process gets a
/// [dev.mdp.core.error.ConflictException].
public final class EmbeddedRedis implements AutoCloseable {
  private final FolderLock lock;
  private final Path folder;
  private final Path program;
  private final List<String> extraArguments;
  private final boolean temporary;
  private final String version;
  private @Nullable RedisChild child;
  private int port;
  private @Nullable Thread cleaner;

  private EmbeddedRedis(Path folder, List<String> extraArguments, boolean temporary) {
    this.extraArguments = extraArguments;
    this.temporary = temporary;
    try {
      this.folder = Files.createDirectories(folder).toRealPath();
      this.lock = FolderLock.acquire(this.folder, "Redis");
    } catch (IOException e) {
      throw new ConfigException("cannot use " + folder + " for the embedded Redis: " + e, e);
    }
    try {
      endStaleServer();
      this.program = RedisBinary.unpack(this.folder);
      this.version = RedisBinary.version(program);
      start(0);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw translated(e);
    } catch (InterruptedException e) {
      lock.close();
      throw interrupted(e);
    }
  }

  /// Starts a server that keeps its data in this folder; a second start continues with them.
  public static EmbeddedRedis start(Path folder) {
    return new EmbeddedRedis(folder, List.of(), false);
  }

  /// Starts a server in a temporary folder, deleted on close or when this process ends. Extra
  /// arguments are those of `redis-server`, e.g. `--maxmemory`, `8mb`.
  public static EmbeddedRedis startTemporary(String... extraArguments) {
    Path folder;
    try {
      folder = Files.createTempDirectory("mdp-redis");
    } catch (IOException e) {
      throw new ConfigException("cannot make a temporary folder: " + e.getMessage(), e);
    }
    try {
      EmbeddedRedis redis = new EmbeddedRedis(folder, Arrays.asList(extraArguments), true);
      redis.cleaner = Thread.ofPlatform().unstarted(redis::discard);
      Runtime.getRuntime().addShutdownHook(redis.cleaner);
      return redis;
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /// `redis://127.0.0.1:PORT/0`.
  public String uri() {
    return "redis://127.0.0.1:" + port + "/0";
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

  /// Where data, log (`redis.log`) and program are.
  public Path folder() {
    return folder;
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
      start(port);
    } catch (IOException e) {
      throw translated(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    Thread hook = cleaner;
    if (hook != null) {
      cleaner = null;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // the process is ending and the hook is running
      }
    }
    discard();
  }

  private void discard() {
    stop();
    lock.close();
    if (temporary) {
      delete(folder);
    }
  }

  private void start(int wantedPort) throws IOException, InterruptedException {
    RedisChild started = RedisChild.start(folder, program, wantedPort, extraArguments);
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
    var stale = StaleServer.find(folder, folder.resolve(RedisChild.PID_FILE));
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
