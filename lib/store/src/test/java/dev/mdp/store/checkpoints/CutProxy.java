package dev.mdp.store.checkpoints;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/// A TCP proxy that loses the server's answer: once armed, the first message of a client that holds
/// the word is passed on, the answer is awaited and thrown away, and the connection is cut.
final class CutProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final AtomicReference<String> word = new AtomicReference<>("");

  CutProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cutAfter(String text) {
    word.set(text);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Cut cut = new Cut();
        Thread.ofVirtual().start(() -> toServer(client, server, cut));
        Thread.ofVirtual().start(() -> toClient(server, client, cut));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static final class Cut {
    volatile boolean now;
  }

  private void toServer(Socket client, Socket server, Cut cut) {
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        String wanted = word.get();
        if (!wanted.isEmpty() && text.contains(wanted) && word.compareAndSet(wanted, "")) {
          cut.now = true;
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException cutOff) {
      // the other direction closed it
    }
  }

  private static void toClient(Socket server, Socket client, Cut cut) {
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0 && !cut.now; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException cutOff) {
      // the other direction closed it
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
