package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.RequestBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRestClientIT {
  private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress SECOND = InetAddress.ofLiteral("127.0.0.2");

  private interface Answer {
    void write(HttpExchange exchange) throws IOException;
  }

  /// Gives these waits, then nothing but the budget.
  private static final class Waits implements RequestBudget {
    private final Deque<Duration> waits = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    @Override
    public synchronized Duration take(String host, int weight) {
      Duration wait = waits.isEmpty() ? Duration.ZERO : waits.removeFirst();
      if (wait.isZero()) {
        taken.add(host + " " + weight);
      }
      return wait;
    }

    @Override
    public synchronized void closed(String host, Duration until) {
      closed.add(host + " " + until);
    }
  }

  @TempDir Path folder;
  private final Waits budget = new Waits();
  private final List<Duration> paused = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private HttpRestClient client;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(FIRST, 0), 10);
    server.setExecutor(threads);
    server.start();
    client = client(Resolver.system(), null, Duration.ofSeconds(10));
  }

  @AfterEach
  void close() {
    over.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpRestClient client(Resolver resolver, SSLContext tls, Duration deadline) {
    return new HttpRestClient(
        new HttpClients(new ProxyChoice(Map.of(), null), resolver, tls),
        budget,
        deadline,
        Clock.systemUTC(),
        paused::add);
  }

  private URI uri() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/api/trades?key=secret");
  }

  private void answer(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.write(exchange);
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void returnsTheBodyOfASuccess() {
    List<String> asked = new ArrayList<>();
    answer(exchange -> {
      asked.add(exchange.getProtocol() + " " + exchange.getRequestURI());
      answer(exchange, 200, "application/json", "[{\"a\":\"币\"}]");
    });

    assertThat(client.get(uri(), 25)).isEqualTo("[{\"a\":\"币\"}]");
    assertThat(asked).containsExactly("HTTP/1.1 /api/trades?key=secret");
    assertThat(budget.taken).containsExactly("127.0.0.1 25");
  }

  @Test
  void waitsForTheBudget() {
    answer(exchange -> answer(exchange, 200, "application/json", "[]"));
    budget.waits.addAll(List.of(Duration.ofMillis(250), Duration.ofSeconds(3)));

    assertThat(client.get(uri(), 2)).isEqualTo("[]");

    assertThat(paused).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(3));
  }

  @Test
  void leavesALongWaitToTheCaller() {
    budget.waits.add(Duration.ofHours(3));

    assertThatThrownBy(() -> client.get(uri(), 2))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofHours(3)))
        .hasMessage("127.0.0.1 must not be called for another 10800 s");
    assertThat(paused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | DataException | answered 400 ({\"msg\":\"Invalid symbol.\"})",
        "404 | DataException | answered 404",
        "401 | ConfigException | check the key",
        "403 | ConfigException | serves this country",
        "451 | ConfigException | does not serve this country",
        "301 | UnavailableException | answered 301",
        "500 | UnavailableException | answered 500",
        "503 | UnavailableException | answered 503",
      })
  void saysWhatAStatusMeans(int status, String kind, String message) {
    answer(e -> answer(e, status, "application/json", "{\"msg\":\"Invalid symbol.\"}"));

    assertThatThrownBy(() -> client.get(uri(), 1))
        .satisfies(error -> assertThat(error.getClass().getSimpleName()).isEqualTo(kind))
        .hasMessageStartingWith("127.0.0.1:" + server.getAddress().getPort() + "/api/trades ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({"429, 77, PT1M17S", "418, 120, PT2M", "429, , PT1M", "418, later, PT1M"})
  void leavesTheVenueAloneForAsLongAsItSays(int status, String after, Duration expected) {
    answer(exchange -> {
      if (after != null) {
        exchange.getResponseHeaders().set("Retry-After", after);
      }
      answer(exchange, status, "application/json", "");
    });

    assertThatThrownBy(() -> client.get(uri(), 1))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            error -> assertThat(error.retryAfter()).isEqualTo(expected));
    assertThat(budget.closed).containsExactly("127.0.0.1 " + expected);
  }

  @ParameterizedTest
  @CsvSource({"text/html; charset=utf-8", "application/octet-stream"})
  void doesNotQuoteAPageForPeople(String type) {
    answer(exchange -> answer(exchange, 403, type, "\n <html><b>Access denied</b>"));

    assertThatThrownBy(() -> client.get(uri(), 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("Access denied");
  }

  @Test
  void quotesOnlyTheBeginningAndNothingThatMovesACursor() {
    answer(e -> answer(e, 400, "text/plain", "\u001b[2Jbad " + "x".repeat(10_000)));

    assertThatThrownBy(() -> client.get(uri(), 1))
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(300))
        .hasMessageContaining("\\x1b[2Jbad xxx")
        .hasMessageContaining("…");
  }

  @Test
  void doesNotWaitForABodyThatStalls() {
    answer(exchange -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write("half".getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().flush();
      await(over);
    });
    client.close();
    client = client(Resolver.system(), null, Duration.ofMillis(700));

    assertThatThrownBy(() -> client.get(uri(), 1))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("/api/trades does not answer: no whole answer within 0.7 s");
  }

  @Test
  void knowsARefusalThoughItsBodyStalls() {
    answer(exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "9");
      exchange.sendResponseHeaders(429, 100);
      exchange.getResponseBody().flush();
      await(over);
    });
    client.close();
    client = client(Resolver.system(), null, Duration.ofMillis(700));

    assertThatThrownBy(() -> client.get(uri(), 1))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void doesNotTakeABodyWithoutEnd() {
    byte[] part = new byte[1 << 20];
    answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (int i = 0; i < 18; i++) {
        exchange.getResponseBody().write(part);
      }
    });

    assertThatThrownBy(() -> client.get(uri(), 1))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("16777216");
  }

  @Test
  void saysThatNoOneListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, FIRST)) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(() -> client.get(URI.create("http://127.0.0.1:" + port + "/x?k=secret"), 1))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("cannot connect to 127.0.0.1:" + port + "/x: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void takesTheSecondAddressWhenTheFirstRefuses() throws Exception {
    SSLContext tls = TestCertificates.context(TestCertificates.of(folder, "localhost"));
    HttpsServer second = HttpsServer.create(new InetSocketAddress(SECOND, 0), 10);
    try {
      second.setHttpsConfigurator(new HttpsConfigurator(tls));
      second.createContext(
          "/",
          exchange -> {
            try (exchange) {
              answer(exchange, 200, "text/plain", exchange.getRequestHeaders().getFirst("Host"));
            }
          });
      second.start();
      int port = second.getAddress().getPort();
      client.close();
      client = client(_ -> List.of(FIRST, SECOND), tls, Duration.ofSeconds(10));

      assertThat(client.get(URI.create("https://localhost:" + port + "/x"), 1))
          .isEqualTo("localhost:" + port);
    } finally {
      second.stop(0);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
