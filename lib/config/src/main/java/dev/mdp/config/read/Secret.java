package dev.mdp.config.read;

/// A value that may hold a password. Printed, logged and fingerprinted only in its redacted form.
///
/// @param reveal the value itself, for the client that needs it
/// @param redacted what people may see
public record Secret(String reveal, String redacted) {
  /// A URL: only its password is secret, unless it is not clear where that begins or ends.
  public static Secret url(String url) {
    return new Secret(url, Redaction.url(url));
  }

  /// A value of which nothing may be seen.
  public static Secret opaque(String value) {
    return new Secret(value, "***");
  }

  @Override
  public String toString() {
    return redacted;
  }
}
