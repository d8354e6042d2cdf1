package dev.mdp.bus.kafka;

import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// The one place where failures of Kafka and its client become ours. Messages name the servers,
/// never a password.
final class KafkaErrors {
  private static final Pattern INVALID_VALUE =
      Pattern.compile("Invalid value (.*?) for configuration ([\\w.]+)(?:: (.*))?", Pattern.DOTALL);

  private KafkaErrors() {}

  static MdpException translate(String servers, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case MdpException already -> {
          return already;
        }
        case InterruptedException _ -> {
          Thread.currentThread().interrupt();
          return new UnavailableException("interrupted while waiting for Kafka", failure);
        }
        case InterruptException _ -> {
          Thread.currentThread().interrupt();
          return new UnavailableException("interrupted while waiting for Kafka", failure);
        }
        case SslAuthenticationException error -> {
          return new ConfigException(
              "Kafka at "
                  + servers
                  + ": the TLS handshake failed: "
                  + reason(error)
                  + "; check ssl.truststore.location in bus.kafka.properties: it must hold the certificate of the"
                  + " brokers or of who signed it, and the certificate must name their address",
              failure);
        }
        case LoginException error when isAboutModule(error) -> {
          return unreadableLogin();
        }
        case IllegalArgumentException error when isAboutLogin(error) -> {
          return unreadableLogin();
        }
        case AuthenticationException error -> {
          return new AccessException(
              "Kafka at "
                  + servers
                  + " refuses this user or password: "
                  + error.getMessage()
                  + "; check sasl.jaas.config and sasl.mechanism in bus.kafka.properties",
              failure);
        }
        case AuthorizationException error -> {
          return new AccessException(
              "Kafka at " + servers + " does not allow this: " + error.getMessage(), failure);
        }
        case UnsupportedVersionException error -> {
          return new ConfigException(
              "Kafka at " + servers + " is too old, 2.1 or newer is needed: " + error.getMessage(),
              failure);
        }
        case RecordTooLargeException error -> {
          return new DataException(
              "Kafka at " + servers + " refuses an entry: " + error.getMessage(), failure);
        }
        case InvalidReplicationFactorException error -> {
          return new ConfigException(
              "Kafka at " + servers + ": " + error.getMessage() + "; use a smaller --replication",
              failure);
        }
        case UnknownTopicOrPartitionException error -> {
          return away(servers, "a topic is not there: " + error.getMessage(), failure);
        }
        case org.apache.kafka.common.config.ConfigException error -> {
          return refusedSetting(String.valueOf(error.getMessage()));
        }
        default -> {
          // the cause below says more
        }
      }
    }
    return away(servers, innermost(failure), failure);
  }

  /// Without a cause: the client's own words repeat parts of the text, and so of the password.
  private static ConfigException unreadableLogin() {
    return new ConfigException(
        "bus.kafka.properties.sasl.jaas.config: is missing or cannot be used: want `CLASS required username=\"…\" password=\"…\";`"
            + " with a login module of the Kafka client, in one line that ends in a semicolon");
  }

  /// Without a cause and without the value, which may be a secret in the wrong place.
  static ConfigException refusedSetting(String message) {
    Matcher invalid = INVALID_VALUE.matcher(message);
    if (!invalid.matches()) {
      return new ConfigException(
          "bus.kafka.properties: the Kafka client refuses these settings"
              + (message.contains("bootstrap.servers") ? " (bus.kafka.bootstrap_servers)" : ""));
    }
    String value = invalid.group(1);
    String reason = invalid.group(3);
    boolean shown = reason != null && (value.isEmpty() || !reason.contains(value));
    return new ConfigException(
        "bus.kafka.properties."
            + invalid.group(2)
            + ": the Kafka client refuses the value"
            + (shown ? ": " + reason : ""));
  }

  private static boolean isAboutLogin(IllegalArgumentException error) {
    return String.valueOf(error.getMessage()).contains("JAAS");
  }

  private static boolean isAboutModule(LoginException error) {
    return String.valueOf(error.getMessage()).contains("LoginModule");
  }

  private static String reason(Throwable error) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static UnavailableException away(String servers, String reason, Throwable failure) {
    return new UnavailableException(
        "Kafka at " + servers + " is not available: " + reason, failure);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    for (Throwable deeper = cause.getCause(); deeper != null; deeper = deeper.getCause()) {
      cause = deeper;
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? "the client failed" : message;
  }
}
