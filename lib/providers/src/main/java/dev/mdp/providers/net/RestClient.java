package dev.mdp.providers.net;

import java.net.URI;

/// Asks a venue's REST interface. Thread-safe.
public interface RestClient extends AutoCloseable {
  /// The body of a successful answer (2xx) as text. Waits for the budget of the host first. Throws
  /// [dev.mdp.core.error.RateLimitedException] for 429 and 418,
  /// [dev.mdp.core.error.ConfigException] for 401, 403 and 451, [dev.mdp.core.error.DataException]
  /// for another 4xx, [dev.mdp.core.error.UnavailableException] for everything else, a body that
  /// does not end in time included. Messages name the host and the path, never the query's secrets.
  ///
  /// @param weight what the request costs of the host's budget
  String get(URI uri, int weight);

  @Override
  void close();
}
