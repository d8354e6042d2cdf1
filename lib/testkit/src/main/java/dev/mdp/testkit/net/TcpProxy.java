package dev.mdp.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP proxy on a free loopback port before a server on the same machine. What is passed on, and
/// when a connection is cut instead, is the business of its [Wire]. Thread-safe.
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Wire wire;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  /// @param target the server's port
  public TcpProxy(int target, Wire wire) throws IOException {
    this.target = target;
    this.wire = wire;
    this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy-" + target).start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// Cuts every connection at once, as a network does.
  public void cutAll() {
    links.forEach(Link::cut);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cutAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        open(listener.accept());
      } catch (IOException _) {
        // closed, or the client has gone already
      }
    }
  }

  private void open(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException away) {
      client.close();
      return;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server);
    links.add(link);
    Thread.ofVirtual().start(() -> pass(link, () -> wire.toServer(link)));
    Thread.ofVirtual().start(() -> pass(link, () -> wire.toClient(link)));
  }

  private void pass(Link link, Direction direction) {
    try {
      direction.run();
    } catch (IOException _) {
      // one of the two has gone
    } finally {
      link.cut();
      links.remove(link);
    }
  }

  private interface Direction {
    void run() throws IOException;
  }
}
