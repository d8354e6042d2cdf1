package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Passes bytes between two sockets, both ways, until one of them ends; then both do. Thread-safe.
record Tunnel(Socket client, Socket server) {
  /// Returns when it has ended.
  void run() throws IOException {
    Thread.ofVirtual().name("tunnel-back").start(this::back);
    pass(client.getInputStream(), server.getOutputStream());
  }

  private void back() {
    try {
      pass(server.getInputStream(), client.getOutputStream());
    } catch (IOException _) {
      // one of the two has gone
    }
  }

  private void pass(InputStream from, OutputStream to) throws IOException {
    try {
      byte[] bytes = new byte[16_384];
      for (int length = from.read(bytes); length >= 0; length = from.read(bytes)) {
        to.write(bytes, 0, length);
        to.flush();
      }
    } finally {
      Sockets.close(client);
      Sockets.close(server);
    }
  }
}
