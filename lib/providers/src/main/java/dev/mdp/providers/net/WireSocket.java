package dev.mdp.providers.net;

/// One WebSocket to a venue, already connected. Thread-safe; nothing here waits.
public interface WireSocket {
  /// Begins to read. The listener hears no message before.
  void begin();

  /// Sends a text message, after those before it. What cannot be sent ends the connection, as
  /// [Listener#failed] says.
  void send(String text);

  /// Ends the connection, with a close frame where the venue still takes one.
  ///
  /// @param reason what the venue gets to read; at most 100 ASCII characters of it
  void close(String reason);

  /// Hears what comes over a socket, one call at a time. Must not wait: pings are answered by the
  /// thread that calls it.
  interface Listener {
    /// A whole text message; the characters are good during the call only.
    void text(char[] chars, int offset, int length);

    /// A message that is no text.
    void unreadable(String detail);

    /// The venue sent a ping; a pong with its payload is on its way already.
    void pinged();

    void ponged();

    /// The venue closed the connection; nothing follows.
    ///
    /// @param code as in RFC 6455; 1006 when the connection ended without a close frame
    void closed(int code, String reason);

    /// The connection broke, or was ended here because it could not be kept; nothing follows.
    void failed(String detail);
  }
}
