package dev.mdp.providers.net;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Printable;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Locale;

/// What the statuses of HTTP mean to those who asked. Stateless.
final class HttpFailures {
  private static final int SHOWN = 200;

  private HttpFailures() {}

  /// Host and path, as messages name what was asked: a query may hold a key.
  static String place(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getHost() + port + path;
  }

  /// @param body what the server says, as far as it was read
  static MdpException of(URI uri, int status, HttpHeaders headers, String body, Instant now) {
    String answer = place(uri) + " answered " + status + reason(headers, body);
    return switch (status) {
      case 429, 418 ->
          new RateLimitedException(answer + ": rate limit exceeded", RetryAfter.of(headers, now));
      case 401 -> new ConfigException(answer + ": check the key");
      case 403 ->
          new ConfigException(
              answer + ": check the key and its rights, and whether the venue serves this country");
      case 407 -> proxyWantsPassword(uri);
      case 451 ->
          new ConfigException(
              answer + ": the venue does not serve this country; choose another host or venue");
      default ->
          status >= 400 && status < 500
              ? new DataException(answer)
              : new UnavailableException(answer);
    };
  }

  static ConfigException proxyWantsPassword(URI uri) {
    return new ConfigException(
        "the proxy for "
            + place(uri)
            + " wants a password, which is not supported: use one that needs none, or add the host"
            + " to NO_PROXY");
  }

  /// The reason that a server gives in JSON or plain text; pages for people are left out.
  private static String reason(HttpHeaders headers, String body) {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String text = body.strip();
    if (text.isEmpty() || type.contains("html") || text.startsWith("<")) {
      return "";
    }
    String start = text.substring(0, Math.min(text.length(), 4 * SHOWN));
    return " (" + Printable.cut(Printable.text(start), SHOWN) + ")";
  }
}
