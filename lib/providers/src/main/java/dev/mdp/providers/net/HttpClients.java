package dev.mdp.providers.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Makes clients of HTTP/1.1, to the first address of a host or to another one. Thread-safe.
///
/// @param tls whom to trust; null: as the JVM does
record HttpClients(ProxyChoice proxies, Resolver resolver, @Nullable SSLContext tls) {
  private static final Executor THREADS = task -> Thread.ofVirtual().name("venue-http").start(task);

  static HttpClients ofProcess() {
    return new HttpClients(ProxyChoice.ofProcess(), Resolver.system(), null);
  }

  /// One that asks as everyone does: the proxy, or the first address.
  HttpClient usual(Duration connectTimeout) {
    return client(proxies, connectTimeout);
  }

  HttpClient through(AddressRelay relay, Duration connectTimeout) {
    return client(relay.proxy(), connectTimeout);
  }

  private HttpClient client(ProxySelector proxy, Duration connectTimeout) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .proxy(proxy)
            .executor(THREADS)
            .connectTimeout(connectTimeout);
    if (tls != null) {
      builder.sslContext(tls);
    }
    return builder.build();
  }

  /// The addresses besides the first; none where a proxy finds them.
  List<InetAddress> others(URI uri, @Nullable String proxy) {
    if (proxy != null) {
      return List.of();
    }
    try {
      return Resolver.others(resolver.all(uri.getHost()));
    } catch (UnknownHostException e) {
      throw NetFailures.unknownHost(uri, e);
    }
  }

  /// A way to the other addresses, each of which gets its share of the time.
  static AddressRelay relay(URI uri, List<InetAddress> others, Duration left) throws IOException {
    boolean secure = uri.getScheme().equals("wss") || uri.getScheme().equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    Duration each = left.dividedBy(others.size());
    return new AddressRelay(others, port, each.isPositive() ? each : Duration.ofMillis(1));
  }
}
