package dev.mdp.providers.net;

import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which proxy a request takes: the JVM's own (`https.proxyHost`), else that of the environment
/// (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`; in small letters first), which the JDK does not read.
/// Nothing on this machine is asked through a proxy of the environment. Thread-safe.
final class ProxyChoice extends ProxySelector {
  private final Map<String, String> environment;
  private final @Nullable ProxySelector jvm;

  ProxyChoice(Map<String, String> environment, @Nullable ProxySelector jvm) {
    this.environment = Map.copyOf(environment);
    this.jvm = jvm;
  }

  /// The one of this process.
  static ProxyChoice ofProcess() {
    return new ProxyChoice(System.getenv(), ProxySelector.getDefault());
  }

  /// Throws a [ConfigException] for a proxy that cannot be used.
  @Override
  public List<Proxy> select(URI uri) {
    Proxy own = jvm == null ? Proxy.NO_PROXY : jvm.select(uri).getFirst();
    if (own.type() == Proxy.Type.SOCKS) {
      throw new ConfigException(
          "a SOCKS proxy is set for "
              + uri.getHost()
              + ", and only HTTP proxies are supported: set https.proxyHost instead of"
              + " socksProxyHost");
    }
    return List.of(own.type() == Proxy.Type.HTTP ? own : ofEnvironment(uri));
  }

  /// The proxy for a URI, as messages name it; null when there is none.
  @Nullable String name(URI uri) {
    return select(uri).getFirst().address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : null;
  }

  private Proxy ofEnvironment(URI uri) {
    String name = uri.getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    String value = variable(name);
    return value.isEmpty() || isExempt(uri) ? Proxy.NO_PROXY : parse(name, value);
  }

  private String variable(String name) {
    String small = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return (small.isBlank() ? environment.getOrDefault(name, "") : small).strip();
  }

  private static Proxy parse(String name, String value) {
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equals(proxy.getScheme()) && proxy.getHost() != null) {
        if (proxy.getUserInfo() != null) {
          throw new ConfigException(
              name
                  + " holds a password, which is not supported: use a proxy that needs none, or add"
                  + " the venue's host to NO_PROXY");
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
      }
    } catch (IllegalArgumentException _) {
      // said below, without the value, which may hold a password
    }
    throw new ConfigException(name + " is not of the form http://host:port");
  }

  private boolean isExempt(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    for (String entry : variable("NO_PROXY").toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = entry.strip().replaceFirst("^\\*?\\.", "");
      boolean all = name.equals("*");
      if (all || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException error) {
    // there is no other one to choose
  }
}
