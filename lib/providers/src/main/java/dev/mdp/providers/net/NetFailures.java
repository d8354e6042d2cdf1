package dev.mdp.providers.net;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;

/// What went wrong below HTTP, said with a remedy. Stateless.
final class NetFailures {
  private NetFailures() {}

  /// @param proxy through which it was tried, as messages name it; null without one
  static MdpException of(URI uri, @Nullable String proxy, Throwable error) {
    if (error instanceof MdpException known) {
      return known;
    }
    String certificate = CertificateFailures.remedy(error);
    if (certificate != null) {
      return new ConfigException(
          "the certificate of " + uri.getHost() + " is refused, " + certificate, error);
    }
    String place = HttpFailures.place(uri);
    String reason = reason(error);
    if (proxy != null && reason.startsWith("Tunnel failed")) {
      return new ConfigException(
          ("the proxy %s refuses a tunnel to %s (%s): have it let the host pass, or add the host to"
                  + " NO_PROXY")
              .formatted(proxy, place, reason),
          error);
    }
    if (!isNoConnection(error)) {
      String what = error instanceof HttpTimeoutException ? "does not answer" : "cannot be asked";
      return new UnavailableException(place + " " + what + ": " + reason, error);
    }
    return proxy == null
        ? new UnavailableException("cannot connect to " + place + ": " + reason, error)
        : new ConfigException(
            "cannot connect to the proxy %s (%s): check HTTPS_PROXY or https.proxyHost"
                .formatted(proxy, reason),
            error);
  }

  /// Whether no connection was made, so that another address may do.
  static boolean isNoConnection(Throwable error) {
    return error instanceof ConnectException || error instanceof HttpConnectTimeoutException;
  }

  static UnavailableException unknownHost(URI uri, UnknownHostException error) {
    return new UnavailableException(
        "no address is known of " + uri.getHost() + ": check the name and this machine's DNS",
        error);
  }

  /// What the error says, or the first of its causes that says something.
  static String reason(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        return message;
      }
    }
    return error.getClass().getSimpleName();
  }
}
