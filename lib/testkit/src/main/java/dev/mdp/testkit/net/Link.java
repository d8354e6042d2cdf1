package dev.mdp.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/// One connection through a [TcpProxy]: the client's half and the server's.
public final class Link {
  private final Socket client;
  private final Socket server;
  private final AtomicBoolean question = new AtomicBoolean();
  private volatile boolean doomed;

  Link(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  InputStream fromClient() throws IOException {
    return client.getInputStream();
  }

  OutputStream toServer() throws IOException {
    return server.getOutputStream();
  }

  InputStream fromServer() throws IOException {
    return server.getInputStream();
  }

  OutputStream toClient() throws IOException {
    return client.getOutputStream();
  }

  /// The client's port: tells whose connection this is.
  public int clientPort() {
    return client.getPort();
  }

  /// From here on nothing that the server says is passed on.
  void doom() {
    doomed = true;
  }

  /// The client asked something that the server answers outside the protocol's usual form.
  void putQuestion() {
    question.set(true);
  }

  boolean takeQuestion() {
    return question.getAndSet(false);
  }

  boolean isDoomed() {
    return doomed;
  }

  void cut() {
    close(client);
    close(server);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is closed as far as it can be
    }
  }
}
