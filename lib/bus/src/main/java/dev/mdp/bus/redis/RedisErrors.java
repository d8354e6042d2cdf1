package dev.mdp.bus.redis;

import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The one place where failures of Redis, Lettuce and Netty become ours. Messages name the server,
/// never a password.
final class RedisErrors {
  /// Error codes that go away by themselves or when an operator makes room.
  private static final Set<String> PASSING =
      Set.of(
          "OOM",
          "LOADING",
          "READONLY",
          "MISCONF",
          "BUSY",
          "MASTERDOWN",
          "TRYAGAIN",
          "CLUSTERDOWN",
          "NOREPLICAS",
          "UNBLOCKED");

  /// A class before the message of its exception.
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z][\\w$]*(?:: |\\b)");

  private static final Set<String> ACCESS = Set.of("NOAUTH", "WRONGPASS", "NOPERM");

  private RedisErrors() {}

  static MdpException translate(RedisAddress address, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case MdpException already -> {
          return already;
        }
        case ServerError error -> {
          return answered(address, error.text(), failure);
        }
        case RedisCommandExecutionException error -> {
          return answered(address, String.valueOf(error.getMessage()), failure);
        }
        case InterruptedException _ -> {
          Thread.currentThread().interrupt();
          return new UnavailableException("interrupted while waiting for Redis", failure);
        }
        case UnknownHostException _ -> {
          return away(address, "unknown host", failure);
        }
        case SSLException error -> {
          return isMistake(error)
              ? mistaken(address, error, failure)
              : away(address, "TLS: " + tlsReason(error), failure);
        }
        case TimeoutException error -> {
          return away(
              address, error.getMessage() == null ? inWords(error) : error.getMessage(), failure);
        }
        default -> {
          // the cause below says more
        }
      }
    }
    return away(address, innermost(failure), failure);
  }

  /// A certificate that does not fit, or no TLS on the other side, stays so; a handshake that was
  /// cut off does not.
  private static boolean isMistake(SSLException error) {
    String message = String.valueOf(error.getMessage());
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
        return true;
      }
    }
    return error instanceof SSLPeerUnverifiedException
        || message.contains("certificat")
        || message.contains("protocol_version")
        || message.contains("not an SSL/TLS record");
  }

  private static String tlsReason(SSLException error) {
    String message = String.valueOf(error.getMessage());
    return message.startsWith("not an SSL/TLS record") // and then its bytes
        ? "the server does not speak TLS"
        : CLASS_NAME.matcher(message).replaceAll("");
  }

  private static ConfigException mistaken(
      RedisAddress address, SSLException error, Throwable failure) {
    return new ConfigException(
        "Redis at "
            + address
            + ": TLS: "
            + tlsReason(error)
            + "; rediss:// needs a server that speaks TLS and a certificate that this JVM trusts and that names the host"
            + " (bus.redis.tls_ca: FILE for a CA of your own)",
        failure);
  }

  private static MdpException answered(RedisAddress address, String text, Throwable failure) {
    String code = text.split(" ", 2)[0];
    if (PASSING.contains(code)) {
      return away(address, meaning(code) + " (" + text + ")", failure);
    }
    if (ACCESS.contains(code) || text.contains("AUTH") || text.contains("invalid password")) {
      return new AccessException(
          "Redis at "
              + address
              + (code.equals("NOPERM")
                  ? " does not allow this user a command: "
                  : " refuses this user or password: ")
              + text
              + (code.equals("NOPERM")
                  ? "; give the user the right with ACL SETUSER"
                  : "; check the user and password in the Redis URI"),
          failure);
    }
    if (text.startsWith("ERR unknown command") || text.startsWith("ERR syntax error")) {
      return new ConfigException(
          "Redis at " + address + " is too old, 6.2 or newer is needed: " + text, failure);
    }
    return new ConfigException("Redis at " + address + " refuses a command: " + text, failure);
  }

  private static UnavailableException away(RedisAddress address, String reason, Throwable failure) {
    return new UnavailableException(
        "Redis at " + address + " is not available: " + reason, failure);
  }

  private static String meaning(String code) {
    return switch (code) {
      case "OOM" ->
          "its memory is full; raise maxmemory, or free what is no longer needed: mdp stream checkpoints list shows the group that"
              + " holds the log (drop one that no worker will use again), mdp stream dead-letters purge removes letters."
              + " Do not trim the stream by hand: what a group has not read yet would be lost";
      case "LOADING" -> "it is still loading its data";
      case "READONLY" -> "it is a read-only replica";
      case "UNBLOCKED" -> "the stream went away while it was read";
      case "MISCONF" -> "it cannot write to its disk";
      default -> "it is not ready";
    };
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    @Nullable Throwable deeper;
    while ((deeper = cause.getCause()) != null && deeper != cause) {
      cause = deeper;
    }
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return inWords(cause);
    }
    // Netty appends the address to the reasons of the system.
    int address = message.indexOf(": ");
    return message.startsWith("Connection refused") && address > 0
        ? message.substring(0, address)
        : CLASS_NAME.matcher(message).replaceAll("");
  }

  /// For what says nothing itself: the names of a library's classes are not for operators.
  private static String inWords(Throwable cause) {
    return switch (cause) {
      case ClosedChannelException _ -> "the connection was closed";
      case EOFException _ -> "the connection was closed";
      case TimeoutException _ -> "no answer in time";
      case SocketTimeoutException _ -> "no answer in time";
      case IOException _ -> "the connection failed";
      default -> "the client failed";
    };
  }
}
