package dev.mdp.bus.redis;

/// An error reply of the server, e.g. `OOM command not allowed …`.
final class ServerError extends Exception {
  private static final long serialVersionUID = 1L;
  private final String text;

  ServerError(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  boolean is(String code) {
    return text.equals(code) || text.startsWith(code + ' ');
  }

  /// Whether the key that the command asked about does not exist.
  boolean isNoSuchKey() {
    return text.contains("no such key");
  }

  /// Whether the stream or the group that the command asked about is not there, or went away while
  /// it waited (UNBLOCKED, from 7.0 on).
  boolean isGone() {
    return is("NOGROUP") || is("UNBLOCKED") || isNoSuchKey();
  }

  String text() {
    return text;
  }
}
