package dev.mdp.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.json.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves `/metrics`, `/healthz`, `/readyz` and `/status` over HTTP, a virtual thread for each
/// request. Without authentication: bind it to loopback, or to a network that may read it. A
/// process that reaches it cannot use up the process's descriptors: connections are few, and short
/// of time.
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final int BACKLOG = 64;
  private static final int FIRST_OF_USERS = 1_024;
  private static final int CONNECT_MS = 1_000;
  private static final String TEXT = "text/plain; charset=utf-8";

  /// More are closed as they come.
  static final int MAX_CONNECTIONS = 64;

  // The JDK's server knows its limits from properties that it reads once, before the first server.
  static {
    limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
    limit("sun.net.httpserver.maxIdleConnections", MAX_CONNECTIONS / 4);
    limit("sun.net.httpserver.idleInterval", 10); // seconds without a request
    limit("sun.net.httpserver.maxReqTime", 5); // seconds that a request may take to come in
    limit("sun.net.httpserver.maxRspTime", 30); // seconds that an answer may take to go out
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /// @param port 0 for any free port
  /// @throws ConflictException when another program has the port
  /// @throws ConfigException when the address cannot be bound
  public static MetricsServer start(String bind, int port, Meters meters, Health health) {
    HttpServer server = open(bind, port);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("metrics-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, meters, health));
    server.start();
    return new MetricsServer(server, threads);
  }

  /// The port it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// `http://127.0.0.1:9101`
  public String url() {
    InetAddress address = server.getAddress().getAddress();
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /// What was set for this process by hand stays.
  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private static HttpServer open(String bind, int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(bind, port);
      if (address.isUnresolved()) {
        throw new ConfigException("telemetry.bind: no such host: '" + bind + "'");
      }
      return HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      String message =
          "cannot listen on %s port %d (%s): choose another telemetry.metrics_port, or 0 for any free one"
              .formatted(bind, port, e.getMessage());
      throw isTaken(bind, port)
          ? new ConflictException(message, e)
          : new ConfigException(message, e);
    } catch (IOException e) {
      throw new ConfigException(
          "cannot listen on %s port %d (telemetry.bind, telemetry.metrics_port): %s"
              .formatted(bind, port, e.getMessage()),
          e);
    }
  }

  /// Why the port could not be bound: the system's message is in the operator's language. The
  /// address is ours, and it is not a port that only root may have, unless someone listens there.
  private static boolean isTaken(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(bind, 0));
    } catch (IOException e) {
      return false;
    }
    return port >= FIRST_OF_USERS || answers(bind, port);
  }

  private static boolean answers(String bind, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(bind, port), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void serve(HttpExchange exchange, Meters meters, Health health)
      throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange, meters, health);
      } catch (RuntimeException e) {
        LOG.error("cannot answer {}", exchange.getRequestURI().getPath(), e);
        answer = new Answer(500, TEXT, "internal error, see the log\n");
      }
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.code, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Answer answer(HttpExchange exchange, Meters meters, Health health) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Answer(405, TEXT, "only GET\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/metrics" ->
          new Answer(200, "text/plain; version=0.0.4; charset=utf-8", meters.exposition());
      case "/healthz" -> verdict(health::stalled);
      case "/readyz" -> verdict(health::notReady);
      case "/status" -> new Answer(200, "application/json", Json.write(health.status()) + "\n");
      default -> new Answer(404, TEXT, "want /metrics, /healthz, /readyz or /status\n");
    };
  }

  private static Answer verdict(Supplier<List<String>> problems) {
    List<String> found = problems.get();
    return found.isEmpty()
        ? new Answer(200, TEXT, "ok\n")
        : new Answer(503, TEXT, String.join("\n", found) + "\n");
  }

  private record Answer(int code, String type, String body) {}
}
