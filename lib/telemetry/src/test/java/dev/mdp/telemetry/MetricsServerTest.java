package dev.mdp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final Meters meters = new Meters("redis");
  private final Health health = new Health(InstantSource.fixed(Instant.EPOCH.plusSeconds(60)));
  private final MetricsServer server = MetricsServer.start("127.0.0.1", 0, meters, health);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void servesTheMetrics() throws Exception {
    meters.metrics().bus().eventsIngested("mdp.events", "p", 2);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).contains("stream_events_ingested_total{");
  }

  @Test
  void healthIsLostWhileALoopStands() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);

    health.watch("ticks", Duration.ofSeconds(30), () -> Instant.EPOCH);

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).isEqualTo("ticks has not moved for 60 s\n");
  }

  @Test
  void readinessNamesTheServerThatDoesNotAnswer() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);

    health.ready("bus", false, "connection refused");

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("bus: connection refused\n");
  }

  @Test
  void connectionsThatAskNothingDoNotUseUpTheDescriptors() throws Exception {
    int tried = MetricsServer.MAX_CONNECTIONS + 40;
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < tried; i++) {
        sockets.add(new Socket("127.0.0.1", server.port()));
      }
      Instant until = Instant.now().plusSeconds(20);
      while (closedBelow(sockets) < 40 && Instant.now().isBefore(until)) {
        Thread.onSpinWait();
      }

      assertThat(closedBelow(sockets)).isGreaterThanOrEqualTo(40);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aRequestThatDoesNotComeToItsEndIsCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));

      assertThat(isClosed(socket)).isTrue();
    }
  }

  private static long closedBelow(List<Socket> sockets) throws IOException {
    long closed = 0;
    for (Socket socket : sockets) {
      socket.setSoTimeout(1);
      closed += isClosed(socket) ? 1 : 0;
    }
    return closed;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (SocketException _) {
      return true; // reset
    }
  }

  @Test
  void statusIsJson() throws Exception {
    health.detail("worker", () -> "micro-batch");

    assertThat(get("/status").body())
        .isEqualTo(
            "{\"alive\":true,\"not_ready\":[],\"ready\":true,\"stalled\":[],"
                + "\"time\":\"1970-01-01T00:01:00.000000Z\",\"worker\":\"micro-batch\"}\n");
  }

  @Test
  void aDetailThatFailsDoesNotTakeTheServerDown() throws Exception {
    health.detail(
        "broken",
        () -> {
          throw new IllegalStateException("no");
        });

    assertThat(get("/status").statusCode()).isEqualTo(500);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/etc/passwd").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/metrics").statusCode()).isEqualTo(405);
    assertThat(send("HEAD", "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void aPortInUseIsNamedWithItsKeyAndMayBeFreeLater() {
    assertThatThrownBy(() -> MetricsServer.start("127.0.0.1", server.port(), meters, health))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("127.0.0.1 port " + server.port())
        .hasMessageContaining("telemetry.metrics_port");
  }

  @Test
  void anAddressOfAnotherMachineIsAWrongConfiguration() {
    assertThatThrownBy(() -> MetricsServer.start("192.0.2.1", 9101, meters, health))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("192.0.2.1 port 9101");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
