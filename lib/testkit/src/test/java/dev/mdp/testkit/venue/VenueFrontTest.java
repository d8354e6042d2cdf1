package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS and a proxy before the venue.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VenueFrontTest {
  private static final Tape TAPE = Tape.seeded(1).symbol("BTCUSDT", 10).build();

  @TempDir private Path folder;
  private final FakeVenue venue =
      new FakeVenue(VenueKind.BINANCE, TAPE, VenueScript.calm()).start();

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void socketAndRestGoOverTls() throws Exception {
    VenueCertificate certificate = VenueCertificate.of(folder, "localhost");
    try (TlsFront front = new TlsFront(venue, certificate, Duration.ZERO);
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      assertThat(get(client, front.restUri() + "/api/v3/ping").body()).isEqualTo("{}");
      try (SocketClient socket =
          SocketClient.of(client, URI.create(front.wsUri() + "/stream?streams=btcusdt@trade"))) {
        venue.release("BTCUSDT", 1);
        assertThat(TestJson.number(socket.nextJson(), "data", "t")).isEqualTo(1);
      }
    }
  }

  @Test
  void certificateMayBeOfAnotherHostOrUnknown() throws Exception {
    VenueCertificate other = VenueCertificate.of(folder, "other.example");
    VenueCertificate unknown = VenueCertificate.of(folder, "localhost");
    refused(other, other, "No subject alternative DNS name matching localhost found");
    refused(unknown, other, "unable to find valid certification path");
  }

  @Test
  void handshakeMayBeSlow() throws Exception {
    VenueCertificate certificate = VenueCertificate.of(folder, "localhost");
    try (TlsFront front = new TlsFront(venue, certificate, Duration.ofMillis(400));
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      long start = System.nanoTime();
      get(client, front.restUri() + "/api/v3/ping");

      assertThat(System.nanoTime() - start).isGreaterThan(390_000_000L);
    }
  }

  @Test
  void proxyLeadsToTheVenueAndSaysWhatWasAsked() throws Exception {
    VenueCertificate certificate = VenueCertificate.of(folder, "localhost");
    try (TlsFront front = new TlsFront(venue, certificate, Duration.ZERO);
        ConnectProxy proxy = ConnectProxy.to(front.port());
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(certificate.trusting())
                .proxy(through(proxy))
                .build()) {
      assertThat(get(client, "https://localhost:9443/api/v3/ping").body()).isEqualTo("{}");
      assertThat(proxy.asked()).containsExactly("localhost:9443");
    }
  }

  @Test
  void proxyMayRefuse() throws Exception {
    try (ConnectProxy proxy = ConnectProxy.refusing(403);
        HttpClient client = HttpClient.newBuilder().proxy(through(proxy)).build()) {
      WebSocket.Builder builder = client.newWebSocketBuilder();

      assertThatThrownBy(() ->
              builder
                  .buildAsync(URI.create("ws://venue.example/ws"), new WebSocket.Listener() {})
                  .join())
          .hasRootCauseInstanceOf(IOException.class);
      assertThat(proxy.asked()).containsExactly("venue.example:80");
    }
  }

  private void refused(VenueCertificate shown, VenueCertificate trusted, String message)
      throws Exception {
    try (TlsFront front = new TlsFront(venue, shown, Duration.ZERO);
        HttpClient client = HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
      assertThatThrownBy(() -> get(client, front.restUri() + "/api/v3/ping"))
          .isInstanceOf(SSLHandshakeException.class)
          .hasStackTraceContaining(message);
    }
  }

  private static ProxySelector through(ConnectProxy proxy) {
    return ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  private static HttpResponse<String> get(HttpClient client, String uri)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
