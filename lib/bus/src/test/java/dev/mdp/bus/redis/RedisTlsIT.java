package dev.mdp.bus.redis;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.testkit.bus.BusEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis behind a TLS terminator whose certificate is its own CA.
class RedisTlsIT {
  private static final String STORE_PASSWORD = "for-the-store";

  private final String topic = "contract." + UUID.randomUUID();
  @TempDir Path folder = Path.of("");
  private Optional<ServerSocket> listener = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    Path keys = folder.resolve("server.p12");
    keytool(
        "-genkeypair -alias server -keyalg RSA -validity 2 -storetype PKCS12 -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1",
        keys);
    keytool("-exportcert -rfc -alias server -file " + folder.resolve("ca.pem"), keys);
    KeyStore store = KeyStore.getInstance(keys.toFile(), STORE_PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, STORE_PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    listener = Optional.of(socket);
    int redis = URI.create(SharedRedis.uri()).getPort();
    Thread.ofVirtual().start(() -> terminate(socket, redis));
  }

  @AfterEach
  void stop() throws IOException {
    listener.orElseThrow().close();
  }

  @Test
  void aServerThatTheGivenFileVouchesForIsUsed() {
    try (RedisBus bus = bus(Optional.of(folder.resolve("ca.pem")));
        Publisher publisher = bus.openPublisher(topic);
        ShardSubscription log = bus.openShard(topic, 0)) {
      bus.ping();
      publisher.publish(ticks("SPY", 0, 1_000));

      assertThat(events(BusEvents.read(log, 1_000))).isEqualTo(ticks("SPY", 0, 1_000));
    }
  }

  @Test
  void anUnknownCertificateIsRefusedWithTheKeyThatHelps() {
    try (RedisBus bus = bus(Optional.empty())) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("TLS")
          .hasMessageContaining("bus.redis.tls_ca");
    }
  }

  @Test
  void aFileThatIsNotThereOrHoldsNoCertificatesIsRefused() throws IOException {
    Path nothing = folder.resolve("nothing.pem");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "no certificate\n");

    assertThatThrownBy(() -> bus(Optional.of(nothing)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bus.redis.tls_ca: cannot read " + nothing);
    try (RedisBus bus = bus(Optional.of(empty))) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("bus.redis.tls_ca")
          .hasMessageContaining(empty.toString());
    }
  }

  private RedisBus bus(Optional<Path> ca) {
    String uri = "rediss://127.0.0.1:" + listener.orElseThrow().getLocalPort();
    return new RedisBus(RedisSettings.of(uri, topic, 1).withTlsCa(ca), new CountingMetrics());
  }

  private static void terminate(ServerSocket tls, int redis) {
    while (!tls.isClosed()) {
      try {
        Socket client = tls.accept();
        Socket server = new Socket("127.0.0.1", redis);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException _) {
        // closed, or one of the two has gone
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[65_536];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException _) {
      // one of the two has gone
    }
  }

  private static void keytool(String arguments, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
