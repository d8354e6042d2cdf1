package dev.mdp.providers.net;

import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.RequestBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks over HTTP/1.1, with the JDK's client. One deadline covers it all, a body that stalls
/// included; only the wait for the budget comes before. Thread-safe.
public final class HttpRestClient implements RestClient {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  /// Longer waits are left to the caller.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClients clients;
  private final HttpClient client;
  private final Map<String, String> headers;
  private final RequestBudget budget;
  private final Duration deadline;
  private final InstantSource clock;
  private final Pause pause;

  public HttpRestClient(RequestBudget budget, InstantSource clock) {
    this(Map.of(), budget, clock);
  }

  /// @param headers sent with each request
  public HttpRestClient(Map<String, String> headers, RequestBudget budget, InstantSource clock) {
    this(HttpClients.ofProcess(), headers, budget, DEADLINE, clock, Thread::sleep);
  }

  HttpRestClient(
      HttpClients clients,
      RequestBudget budget,
      Duration deadline,
      InstantSource clock,
      Pause pause) {
    this(clients, Map.of(), budget, deadline, clock, pause);
  }

  private HttpRestClient(
      HttpClients clients,
      Map<String, String> headers,
      RequestBudget budget,
      Duration deadline,
      InstantSource clock,
      Pause pause) {
    this.headers = Map.copyOf(headers);
    this.clients = clients;
    this.client = clients.usual(deadline.dividedBy(2));
    this.budget = budget;
    this.deadline = deadline;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public String get(URI uri, int weight) {
    await(uri, weight);
    RestAnswer answer = ask(uri);
    if (answer.status() >= 200 && answer.status() < 300) {
      return answer.body();
    }
    RuntimeException error =
        HttpFailures.of(uri, answer.status(), answer.headers(), answer.body(), clock.instant());
    if (error instanceof RateLimitedException limited) {
      budget.closed(uri.getHost(), limited.retryAfter());
    }
    throw error;
  }

  private void await(URI uri, int weight) {
    String host = uri.getHost();
    try {
      for (Duration wait = budget.take(host, weight);
          !wait.isZero();
          wait = budget.take(host, weight)) {
        if (wait.compareTo(PATIENCE) > 0) {
          throw new RateLimitedException(
              host + " must not be called for another " + FeedWords.of(wait), wait);
        }
        pause.pause(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while waiting to ask " + host, e);
    }
  }

  private RestAnswer ask(URI uri) {
    String proxy = clients.proxies().name(uri);
    long end = System.nanoTime() + deadline.toNanos();
    try {
      return RestCall.send(client, uri, headers, deadline);
    } catch (IOException e) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      // Without TLS the JDK does not tunnel.
      if (NetFailures.isNoConnection(e) && uri.getScheme().equals("https") && left.isPositive()) {
        return askOther(uri, proxy, left, e);
      }
      throw NetFailures.of(uri, proxy, e);
    }
  }

  private RestAnswer askOther(URI uri, @Nullable String proxy, Duration left, IOException first) {
    List<InetAddress> others = clients.others(uri, proxy);
    if (others.isEmpty()) {
      throw NetFailures.of(uri, proxy, first);
    }
    try (AddressRelay relay = HttpClients.relay(uri, others, left);
        HttpClient other = clients.through(relay, left)) {
      try {
        return RestCall.send(other, uri, headers, left);
      } finally {
        other.shutdownNow();
      }
    } catch (IOException e) {
      e.addSuppressed(first);
      throw NetFailures.of(uri, null, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
