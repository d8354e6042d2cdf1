package dev.mdp.providers.net;

import java.io.IOException;
import java.net.Socket;

/// What is done with plain sockets. Stateless.
final class Sockets {
  private Sockets() {}

  /// Copies one way until one of the two ends, and then ends the other.
  static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // one of the two has gone: so does the other
    } finally {
      close(from);
      close(to);
    }
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is closed as far as it can be
    }
  }
}
