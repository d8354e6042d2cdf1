package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// Ways to end a connection. Thread-safe.
final class Sockets {
  private Sockets() {}

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is closed as far as it can be
    }
  }

  /// Says nothing until the client has gone, or the venue ends the connection.
  static void awaitEnd(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // what the client still sends gets no answer
    }
  }

  /// Ends it with a TCP reset; what is still on its way is lost.
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // it is closed already
    }
    close(socket);
  }
}
