package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.providers.net.RawVenue.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkConnectorIT {
  private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.2");
  private static final RawVenue.Script GREETS =
      peer -> {
        peer.accept();
        peer.text("hello");
        peer.read();
      };

  @TempDir Path folder;
  private final Heard heard = new Heard();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private RawVenue venue(RawVenue.Script script) throws IOException {
    RawVenue venue = new RawVenue(script);
    opened.add(venue);
    return venue;
  }

  private RawVenue venue(InetAddress address, ServerSocket door, RawVenue.Script script)
      throws IOException {
    RawVenue venue = new RawVenue(door, address, 0, script);
    opened.add(venue);
    return venue;
  }

  private void greeted(JdkConnector connector, URI uri) throws InterruptedException {
    WireSocket socket = connector.connect(uri, heard);
    opened.add(() -> socket.close("over"));
    socket.begin();
    assertThat(heard.next()).isEqualTo("text hello");
  }

  private static JdkConnector connector(
      Map<String, String> environment, Resolver resolver, @Nullable SSLContext tls) {
    return new JdkConnector(
        new HttpClients(new ProxyChoice(environment, null), resolver, tls),
        Duration.ofSeconds(4),
        Clock.systemUTC());
  }

  private static JdkConnector direct() {
    return connector(Map.of(), Resolver.system(), null);
  }

  private static JdkConnector withAddresses(@Nullable SSLContext tls) {
    return connector(Map.of(), _ -> List.of(FIRST, SECOND), tls);
  }

  private static URI local(String scheme, int port) {
    return URI.create(scheme + "://localhost:" + port + "/stream?token=secret");
  }

  @Test
  void asksForTheHostByItsName() throws Exception {
    List<String> request = new ArrayList<>();
    RawVenue venue =
        venue(peer -> {
          request.addAll(peer.request());
          GREETS.run(peer);
        });

    greeted(direct(), local("ws", venue.port()));

    assertThat(request)
        .contains("GET /stream?token=secret HTTP/1.1", "Host: localhost:" + venue.port());
  }

  @Test
  void takesTheSecondAddressWhenTheFirstRefuses() throws Exception {
    List<String> request = new ArrayList<>();
    RawVenue venue =
        venue(
            SECOND,
            new ServerSocket(),
            peer -> {
              request.addAll(peer.request());
              GREETS.run(peer);
            });

    greeted(withAddresses(null), local("ws", venue.port()));

    assertThat(request)
        .contains("GET /stream?token=secret HTTP/1.1", "Host: localhost:" + venue.port());
  }

  @Test
  void takesTheSecondAddressWhenTheFirstIsDead() throws Exception {
    RawVenue venue = venue(SECOND, new ServerSocket(), GREETS);
    ServerSocket deaf = new ServerSocket(venue.port(), 1, FIRST);
    opened.add(deaf);
    for (int i = 0; i < 2; i++) {
      Socket waiting = new Socket();
      opened.add(waiting);
      waiting.connect(new InetSocketAddress(FIRST, venue.port()), 1_000);
    }

    greeted(withAddresses(null), local("ws", venue.port()));
  }

  @Test
  void keepsTheHostsNameInTlsOverTheSecondAddress() throws Exception {
    SSLContext tls = TestCertificates.context(TestCertificates.of(folder, "localhost"));
    RawVenue venue = venue(SECOND, tls.getServerSocketFactory().createServerSocket(), GREETS);

    greeted(withAddresses(tls), local("wss", venue.port()));
  }

  @Test
  void namesEveryAddressThatWasTried() throws Exception {
    int port = closedPort();

    assertThatThrownBy(() -> withAddresses(null).connect(local("ws", port), heard))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot connect to localhost:" + port + "/stream: ")
        .hasMessageContaining("127.0.0.2: Connection refused")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysThatTheOnlyAddressRefuses() throws Exception {
    int port = closedPort();

    assertThatThrownBy(() -> direct().connect(URI.create("ws://127.0.0.1:" + port + "/s"), heard))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot connect to 127.0.0.1:" + port + "/s: ");
  }

  @Test
  void saysThatAHostIsUnknown() {
    Resolver none =
        host -> {
          throw new UnknownHostException(host);
        };

    assertThatThrownBy(
            () -> connector(Map.of(), none, null).connect(URI.create("wss://venue.test/s"), heard))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("no address is known of venue.test: check the name and this machine's DNS");
  }

  @Test
  void refusesWhatIsNoWebSocket() {
    assertThatThrownBy(() -> direct().connect(URI.create("https://venue.test/s?token=x"), heard))
        .isInstanceOf(ConfigException.class)
        .hasMessage("not the address of a WebSocket: venue.test/s (want ws:// or wss://)");
  }

  @Test
  void doesNotWaitForeverForAnAnswer() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    RawVenue venue = venue(_ -> over.await());
    opened.add(over::countDown);

    assertThatThrownBy(() -> direct().connect(venue.uri(), heard))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("127.0.0.1:" + venue.port() + "/stream ")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | ConfigException | check the key",
        "403 | ConfigException | serves this country",
        "451 | ConfigException | does not serve this country",
        "404 | UnavailableException | answered 404",
        "503 | UnavailableException | answered 503",
        "200 | UnavailableException | answered 200",
      })
  void saysWhatARefusalMeans(int status, String kind, String message) throws Exception {
    RawVenue venue =
        venue(peer ->
            peer.answer(
                "HTTP/1.1 "
                    + status
                    + " No\nContent-Type: text/html\nContent-Length: 13\n\n"
                    + "<html>go away"));

    assertThatThrownBy(() -> direct().connect(venue.uri(), heard))
        .satisfies(error -> assertThat(error.getClass().getSimpleName()).isEqualTo(kind))
        .hasMessageContaining(message)
        .hasMessageNotContaining("go away")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysForHowLongTheVenueWantsToBeLeftAlone() throws Exception {
    RawVenue venue =
        venue(peer -> peer.answer("HTTP/1.1 429 No\nRetry-After: 77\nContent-Length: 0\n\n"));

    assertThatThrownBy(() -> direct().connect(venue.uri(), heard))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(77)));
  }

  @Test
  void anAnswerThatIsNotOursIsNoWebSocket() throws Exception {
    RawVenue venue =
        venue(peer ->
            peer.answer(
                "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
                    + "Sec-WebSocket-Accept: x\n\n"));

    assertThatThrownBy(() -> direct().connect(venue.uri(), heard))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("opens no WebSocket");
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() throws Exception {
    RawVenue venue = venue(GREETS);
    AddressRelay proxy = new AddressRelay(List.of(FIRST), venue.port(), Duration.ofSeconds(2));
    opened.add(proxy);
    URI uri = URI.create("http://venue.test/stream");
    InetSocketAddress at = (InetSocketAddress) proxy.proxy().select(uri).getFirst().address();

    greeted(
        connector(Map.of("HTTP_PROXY", "127.0.0.1:" + at.getPort()), Resolver.system(), null),
        URI.create("ws://venue.test/stream"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | refuses a tunnel to venue.test/stream (Tunnel failed, got: 403)",
        "407 | wants a password",
      })
  void saysThatTheProxyRefuses(int status, String message) throws Exception {
    RawVenue proxy =
        venue(peer ->
            peer.answer(
                "HTTP/1.1 "
                    + status
                    + " No\nProxy-Authenticate: Basic realm=\"x\"\n"
                    + "Content-Length: 0\n\n"));

    assertThatThrownBy(() -> throughProxy(proxy.port()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("NO_PROXY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysThatThereIsNoProxy() throws Exception {
    int port = closedPort();

    assertThatThrownBy(() -> throughProxy(port))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot connect to the proxy 127.0.0.1:" + port)
        .hasMessageContaining("check HTTPS_PROXY");
  }

  private void throughProxy(int port) {
    connector(Map.of("HTTP_PROXY", "127.0.0.1:" + port), Resolver.system(), null)
        .connect(URI.create("ws://venue.test/stream?token=secret"), heard);
  }

  @Test
  void refusesTheCertificateOfAnotherName() throws Exception {
    KeyStore store = TestCertificates.of(folder, "other.test");

    assertThatThrownBy(() -> overTls(store, TestCertificates.context(store)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the certificate of localhost is refused, it is for another name")
        .hasMessageContaining("check the host");
  }

  @Test
  void refusesACertificateThatNoOneTrusted() throws Exception {
    assertThatThrownBy(() -> overTls(TestCertificates.of(folder, "localhost"), null))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the certificate of localhost is refused, no authority")
        .hasMessageContaining("-Djavax.net.ssl.trustStore");
  }

  private void overTls(KeyStore server, @Nullable SSLContext client) throws Exception {
    SSLContext tls = TestCertificates.context(server);
    RawVenue venue = venue(FIRST, tls.getServerSocketFactory().createServerSocket(), Peer::accept);
    connector(Map.of(), _ -> List.of(FIRST), client).connect(local("wss", venue.port()), heard);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, FIRST)) {
      return socket.getLocalPort();
    }
  }
}
