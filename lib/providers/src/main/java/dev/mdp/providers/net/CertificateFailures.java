package dev.mdp.providers.net;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/// Why a certificate was refused, and what to do. Stateless.
final class CertificateFailures {
  private CertificateFailures() {}

  /// Null when the error is not about a certificate. The innermost reason is the one that counts.
  static @Nullable String remedy(Throwable error) {
    String found = null;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String remedy = ofOne(cause);
      found = remedy == null ? found : remedy;
    }
    return found;
  }

  private static @Nullable String ofOne(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case CertificateExpiredException _ -> "it has expired: check this machine's clock";
      case CertificateNotYetValidException _ -> "it is not valid yet: check this machine's clock";
      case CertPathBuilderException _, CertPathValidatorException _ ->
          "no authority that this machine trusts signed it ("
              + message
              + "): where a proxy opens TLS, add its authority to the trust store"
              + " (-Djavax.net.ssl.trustStore)";
      case CertificateException _ when message.startsWith("No ") ->
          "it is for another name (" + message + "): check the host, and which server it leads to";
      case CertificateException _ -> message;
      default -> null;
    };
  }
}
