package dev.mdp.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// The loopback port of a server that keeps its data: the same at each start while it is free.
public final class KeptPort {
  private static final int ANY = 0;

  private KeptPort() {}

  /// The port in the file when it can be had, else a free one.
  public static int choose(Path file) throws IOException {
    int kept = read(file);
    if (kept != ANY) {
      try (ServerSocket socket = bound(kept)) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // another process has it
      }
    }
    return free();
  }

  /// A port that no program has.
  public static int free() throws IOException {
    try (ServerSocket socket = bound(ANY)) {
      return socket.getLocalPort();
    }
  }

  public static void keep(Path file, int port) throws IOException {
    if (read(file) != port) {
      Folders.writePrivate(file, port + "\n");
    }
  }

  private static int read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return ANY;
    }
    String text = Files.readString(file).strip();
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : ANY;
    return port <= 65_535 ? port : ANY;
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
