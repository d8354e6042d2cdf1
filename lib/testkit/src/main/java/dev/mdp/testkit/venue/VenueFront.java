package dev.mdp.testkit.venue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A loopback port through which a venue is reached: what it does with a connection is its
/// subclass's business. Thread-safe.
abstract sealed class VenueFront implements AutoCloseable permits ConnectProxy, TlsFront {
  private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  VenueFront() throws IOException {}

  /// Begins to accept; the subclass is complete now.
  final void accepting() {
    Thread.ofVirtual().name("front-" + port()).start(this::accept);
  }

  public final int port() {
    return listener.getLocalPort();
  }

  @Override
  public final void close() throws IOException {
    listener.close();
    sockets.forEach(Sockets::reset);
  }

  /// Serves one client until it has gone.
  abstract void serve(Socket client) throws IOException;

  /// A connection to a port of this machine, which ends with the front.
  final Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().name("front-connection").start(() -> run(client));
      } catch (IOException _) {
        // closed, or the client has gone already
      }
    }
  }

  private void run(Socket client) {
    try {
      client.setTcpNoDelay(true);
      serve(client);
    } catch (IOException _) {
      // one of the two has gone, or they could not agree
    } finally {
      Sockets.close(client);
      sockets.remove(client);
    }
  }
}
