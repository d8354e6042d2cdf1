package dev.mdp.providers.net;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Opens the JDK's WebSockets, each with its own client: over HTTP/1.1, through the proxy that the
/// JVM or the environment names, else to each of the host's addresses until one takes the
/// connection. Thread-safe.
public final class JdkConnector implements WireConnector {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final HttpClients clients;
  private final Duration deadline;
  private final InstantSource clock;

  public JdkConnector(InstantSource clock) {
    this(HttpClients.ofProcess(), DEADLINE, clock);
  }

  JdkConnector(HttpClients clients, Duration deadline, InstantSource clock) {
    this.clients = clients;
    this.deadline = deadline;
    this.clock = clock;
  }

  @Override
  public WireSocket connect(URI uri, WireSocket.Listener listener) {
    long end = System.nanoTime() + deadline.toNanos();
    String proxy = clients.proxies().name(asHttp(uri));
    List<InetAddress> others = clients.others(uri, proxy);
    Duration first = others.isEmpty() ? deadline : deadline.dividedBy(2);
    try {
      return open(uri, listener, clients.usual(first), deadline);
    } catch (OpeningFailed e) {
      if (others.isEmpty() || !NetFailures.isNoConnection(e.reason())) {
        throw error(uri, proxy, e.reason());
      }
      return connectOther(uri, listener, others, Duration.ofNanos(end - System.nanoTime()), e);
    }
  }

  /// @param first why the first address did not do
  private WireSocket connectOther(
      URI uri,
      WireSocket.Listener listener,
      List<InetAddress> others,
      Duration left,
      OpeningFailed first) {
    try (AddressRelay relay = HttpClients.relay(uri, others, left)) {
      try {
        return open(uri, listener, clients.through(relay, left), left);
      } catch (OpeningFailed e) {
        if (relay.failures().isEmpty()) {
          throw error(uri, null, e.reason());
        }
        throw new UnavailableException(
            "cannot connect to %s: %s; its other addresses: %s"
                .formatted(
                    HttpFailures.place(uri), NetFailures.reason(first.reason()), relay.failures()),
            e.reason());
      }
    } catch (IOException e) {
      throw error(uri, null, e);
    }
  }

  private static WireSocket open(
      URI uri, WireSocket.Listener listener, HttpClient client, Duration most)
      throws OpeningFailed {
    JdkWireSocket socket = new JdkWireSocket(listener);
    boolean open = false;
    try {
      WebSocket opened =
          client
              .newWebSocketBuilder()
              .connectTimeout(most)
              .buildAsync(uri, socket)
              .get(most.toNanos(), TimeUnit.NANOSECONDS);
      socket.attach(opened, client);
      open = true;
      return socket;
    } catch (ExecutionException e) {
      throw new OpeningFailed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new OpeningFailed(
          new UnavailableException(
              HttpFailures.place(uri) + " did not open a WebSocket within " + FeedWords.of(most),
              e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OpeningFailed(
          new UnavailableException("interrupted while connecting to " + uri.getHost(), e));
    } finally {
      if (!open) {
        client.shutdownNow();
      }
    }
  }

  private MdpException error(URI uri, @Nullable String proxy, Throwable error) {
    if (!(error instanceof WebSocketHandshakeException refused) || refused.getResponse() == null) {
      return NetFailures.of(uri, proxy, error);
    }
    HttpResponse<?> answer = refused.getResponse();
    if (answer.statusCode() == 101) {
      return new UnavailableException(
          HttpFailures.place(uri) + " opens no WebSocket: " + NetFailures.reason(error), error);
    }
    String body = answer.body() instanceof String text ? text : "";
    MdpException meaning =
        HttpFailures.of(uri, answer.statusCode(), answer.headers(), body, clock.instant());
    // What is asked is always the same here, so that another refusal than those may pass.
    return meaning instanceof DataException
        ? new UnavailableException(String.valueOf(meaning.getMessage()), refused)
        : meaning;
  }

  private static URI asHttp(URI uri) {
    String text = uri.toString();
    if (!text.startsWith("ws:") && !text.startsWith("wss:")) {
      throw new ConfigException(
          "not the address of a WebSocket: " + HttpFailures.place(uri) + " (want ws:// or wss://)");
    }
    return URI.create("http" + text.substring(2));
  }

  /// A WebSocket could not be opened.
  private static final class OpeningFailed extends Exception {
    private static final long serialVersionUID = 1;

    private OpeningFailed(Throwable reason) {
      super(reason);
    }

    private Throwable reason() {
      return Objects.requireNonNull(getCause());
    }
  }
}
