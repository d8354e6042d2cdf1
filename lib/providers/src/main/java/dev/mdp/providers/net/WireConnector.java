package dev.mdp.providers.net;

import java.net.URI;

/// Opens WebSockets. Thread-safe.
public interface WireConnector {
  /// Connects, waiting for at most some ten seconds. Throws
  /// [dev.mdp.core.error.RateLimitedException] when the venue wants to be left alone,
  /// [dev.mdp.core.error.UnavailableException] when it cannot be reached,
  /// [dev.mdp.core.error.ConfigException] when a person has to act: the certificate, the proxy, the
  /// key or the country is refused. Messages name the host and the path, never the query.
  ///
  /// @param uri with the scheme `ws` or `wss`
  WireSocket connect(URI uri, WireSocket.Listener listener);
}
