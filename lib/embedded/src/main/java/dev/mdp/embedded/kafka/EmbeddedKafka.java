package dev.mdp.embedded.kafka;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.Cleanup;
import dev.mdp.embedded.FolderLock;
import dev.mdp.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real Kafka broker as a child process: a single node that is its own controller, on free ports
/// of 127.0.0.1. Its jars are not part of this program: they are in a folder, such as the `libs` of
/// a Kafka distribution.
///
/// One thread at a time. The folder is locked while the broker is open: a second process gets a
/// [dev.mdp.core.error.ConflictException].
public final class EmbeddedKafka implements AutoCloseable {
  private static final String PORT = "mdp.port";

  private final Path folder;
  private final Path jars;
  private final boolean temporary;
  private final FolderLock lock;
  private final int port;
  private @Nullable BrokerChild child;
  private @Nullable Cleanup cleanup;

  private EmbeddedKafka(
      Path folder, Path jars, boolean temporary, Map<String, String> extraSettings) {
    this.jars = jars.toAbsolutePath();
    this.temporary = temporary;
    try {
      this.folder = Files.createDirectories(folder).toRealPath();
      this.lock = FolderLock.acquire(this.folder, "Kafka broker");
    } catch (IOException e) {
      throw new ConfigException("cannot use " + folder + " for the embedded Kafka: " + e, e);
    }
    try {
      new BrokerPidFile(this.folder).stale().ifPresent(EmbeddedKafka::end);
      this.port = prepare(extraSettings);
      this.child = BrokerChild.start(this.folder, this.jars, port);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw translated(e);
    } catch (InterruptedException e) {
      lock.close();
      throw interrupted(e);
    }
  }

  /// Starts a broker that keeps its data in this folder; a second start continues with them, on the
  /// same port.
  ///
  /// @param jars the folder with the broker's jars
  public static EmbeddedKafka start(Path folder, Path jars) {
    requireBroker(jars);
    return new EmbeddedKafka(folder, jars, false, Map.of());
  }

  /// Starts a broker in a temporary folder, deleted on close or when this process ends.
  ///
  /// @param extraSettings of `server.properties`
  public static EmbeddedKafka startTemporary(Path jars, Map<String, String> extraSettings) {
    requireBroker(jars);
    Path folder;
    try {
      folder = Files.createTempDirectory("mdp-kafka");
    } catch (IOException e) {
      throw new ConfigException("cannot make a temporary folder: " + e.getMessage(), e);
    }
    try {
      EmbeddedKafka kafka = new EmbeddedKafka(folder, jars, true, extraSettings);
      kafka.cleanup = new Cleanup(kafka::discard);
      return kafka;
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /// Whether this folder has the jars of a broker.
  public static boolean isBroker(Path jars) {
    return version(jars) != null;
  }

  /// `127.0.0.1:PORT`.
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /// The broker's version, e.g. `4.4.0`.
  public String version() {
    String found = version(jars);
    return found == null ? "unknown" : found;
  }

  public Path folder() {
    return folder;
  }

  /// The process id. Throws [IllegalStateException] while stopped.
  public long pid() {
    BrokerChild running = child;
    if (running == null) {
      throw new IllegalStateException("the embedded Kafka is stopped");
    }
    return running.pid();
  }

  /// Stops the broker in good order; the data stay. Does nothing when it is stopped.
  public void stop() {
    endChild(false);
  }

  /// Ends the broker as a power cut would (SIGKILL).
  public void kill() {
    endChild(true);
  }

  /// Starts a stopped broker again, with the same data on the same port.
  public void startAgain() {
    if (child != null) {
      throw new IllegalStateException("the embedded Kafka is running");
    }
    try {
      child = BrokerChild.start(folder, jars, port);
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
    endChild(temporary);
    lock.close();
    if (temporary) {
      delete(folder);
    }
  }

  private void endChild(boolean byForce) {
    BrokerChild running = child;
    child = null;
    if (running != null) {
      running.end(byForce);
    }
  }

  /// The port of the cluster that lives in the folder, or that of a new one.
  private int prepare(Map<String, String> extra) throws IOException, InterruptedException {
    Path config = folder.resolve(BrokerChild.CONFIG);
    if (Files.exists(folder.resolve("data").resolve("meta.properties"))) {
      Properties stored = new Properties();
      try (var reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
        stored.load(reader);
      }
      return Integer.parseInt(stored.getProperty(PORT));
    }
    try (ServerSocket first = freePort();
        ServerSocket second = freePort()) {
      int chosen = first.getLocalPort();
      Files.writeString(
          config,
          BrokerConfig.text(folder, chosen, second.getLocalPort(), extra)
              + PORT
              + "="
              + chosen
              + "\n");
      BrokerChild.format(folder, jars, clusterId());
      return chosen;
    }
  }

  private static String clusterId() {
    UUID random = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .array();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return text.startsWith("-") ? "A" + text.substring(1) : text;
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  private static void requireBroker(Path jars) {
    if (!isBroker(jars)) {
      throw new ConfigException(
          "no Kafka broker in "
              + jars
              + ": build its folder with `mvn -q -pl lib/kafka-broker package`, or name the libs"
              + " folder of a Kafka distribution in MDP_KAFKA_LIB");
    }
  }

  private static @Nullable String version(Path jars) {
    try (Stream<Path> all = Files.list(jars)) {
      return all.map(jar -> jar.getFileName().toString())
          .filter(name -> name.matches("kafka_2\\.[0-9]+-[0-9.]+\\.jar"))
          .map(name -> name.substring(name.indexOf('-') + 1, name.length() - ".jar".length()))
          .findFirst()
          .orElse(null);
    } catch (IOException _) {
      return null;
    }
  }

  private static void end(ProcessHandle stale) {
    stale.destroyForcibly();
    stale.onExit().join();
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
        : new ConfigException("cannot start the embedded Kafka: " + error.getMessage(), error);
  }

  private static UnavailableException interrupted(InterruptedException error) {
    Thread.currentThread().interrupt();
    return new UnavailableException("interrupted while starting the embedded Kafka", error);
  }
}
