package dev.mdp.testkit.venue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The port of a venue: each connection has a virtual thread, and is REST until a handshake makes
/// it a WebSocket. Thread-safe.
final class VenueServer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final Supplier<Stage> stage;
  private final RestServer rest;
  private final Doorman doorman;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<SessionLoop> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean out;

  /// @param address of loopback
  /// @param stage asked for each connection and request
  VenueServer(InetAddress address, Supplier<Stage> stage, RestServer rest, Doorman doorman)
      throws IOException {
    this.stage = stage;
    this.rest = rest;
    this.doorman = doorman;
    this.listener = new ServerSocket(0, BACKLOG, address);
    Thread.ofVirtual().name("venue-" + port()).start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// How many WebSockets are open.
  int connections() {
    return sessions.size();
  }

  /// There is something new for the connections to send.
  void wake() {
    sessions.forEach(SessionLoop::wake);
  }

  void suffer(Fault fault) {
    sessions.forEach(session -> session.suffer(fault));
  }

  /// Resets every connection.
  void drop() {
    sessions.forEach(SessionLoop::abort);
    sockets.forEach(Sockets::reset);
  }

  /// While it lasts every connection is reset at once.
  void outage(boolean lasts) {
    out = lasts;
    if (lasts) {
      drop();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    outage(true);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().name("venue-connection").start(() -> serve(socket));
      } catch (IOException _) {
        // closed, or the client has gone already
      }
    }
  }

  private void serve(Socket socket) {
    sockets.add(socket);
    try {
      socket.setTcpNoDelay(true);
      if (out) {
        Sockets.reset(socket);
        return;
      }
      InputStream in = new BufferedInputStream(socket.getInputStream());
      RequestReader requests = new RequestReader(in);
      Optional<VenueRequest> request = requests.next();
      while (request.isPresent() && answer(request.get(), socket, in)) {
        request = requests.next();
      }
    } catch (IOException _) {
      // the client has gone, or the venue has cut it off
    } finally {
      Sockets.close(socket);
      sockets.remove(socket);
    }
  }

  /// Returns whether another request may follow.
  private boolean answer(VenueRequest request, Socket socket, InputStream in) throws IOException {
    if (!request.isHandshake()) {
      return rest.serve(request, stage.get(), socket);
    }
    Optional<SessionLoop> session =
        doorman.admit(request, stage.get(), socket, !sessions.isEmpty());
    if (session.isEmpty()) {
      return true;
    }
    sessions.add(session.get());
    try {
      session.get().run(in);
    } finally {
      sessions.remove(session.get());
    }
    return false;
  }
}
