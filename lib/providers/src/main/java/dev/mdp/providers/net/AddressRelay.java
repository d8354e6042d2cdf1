package dev.mdp.providers.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries one connection of the JDK's client to an address of our choice. That client takes the
/// first address of a host and no other, and cannot be given one without losing the host's name in
/// TLS and in HTTP; but it lets itself be tunnelled. So, only after the first address failed, it is
/// given a proxy on loopback that opens the tunnel to one of the others. TLS stays between the
/// client and the venue. Takes one connection; thread-safe.
final class AddressRelay implements AutoCloseable {
  private static final int MOST_HEAD = 16 << 10;

  private final ServerSocket door;
  private final List<InetAddress> addresses;
  private final int port;
  private final Duration each;
  private volatile String failures = "";

  /// @param addresses tried in this order
  /// @param each how long one of them may take
  AddressRelay(List<InetAddress> addresses, int port, Duration each) throws IOException {
    this.addresses = List.copyOf(addresses);
    this.port = port;
    this.each = each;
    this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("address-relay").start(this::serve);
  }

  ProxySelector proxy() {
    return ProxySelector.of(
        InetSocketAddress.createUnresolved(
            door.getInetAddress().getHostAddress(), door.getLocalPort()));
  }

  /// Why none of the addresses could be connected to; empty while that is not known.
  String failures() {
    return failures;
  }

  private void serve() {
    try (door;
        Socket client = door.accept()) {
      door.close();
      client.setTcpNoDelay(true);
      readHead(client.getInputStream());
      Socket venue = connect();
      OutputStream answer = client.getOutputStream();
      if (venue == null) {
        answer.write(head("HTTP/1.1 502 None\r\nContent-Length: 0\r\n\r\n"));
        return;
      }
      try (venue) {
        answer.write(head("HTTP/1.1 200 OK\r\n\r\n"));
        carry(client, venue);
      }
    } catch (IOException _) {
      // one of the two has gone; the client sees it
    }
  }

  private static byte[] head(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void readHead(InputStream in) throws IOException {
    int newLines = 0;
    for (int read = 0; newLines < 2; read++) {
      int c = in.read();
      if (c < 0 || read > MOST_HEAD) {
        throw new IOException("not a request");
      }
      if (c == '\n') {
        newLines++;
      } else if (c != '\r') {
        newLines = 0;
      }
    }
  }

  private @Nullable Socket connect() {
    StringBuilder tried = new StringBuilder();
    for (InetAddress address : addresses) {
      Socket venue = new Socket();
      try {
        venue.setTcpNoDelay(true);
        venue.connect(new InetSocketAddress(address, port), Math.toIntExact(each.toMillis()));
        return venue;
      } catch (IOException e) {
        tried.append(tried.isEmpty() ? "" : ", ").append(address.getHostAddress());
        tried.append(": ").append(NetFailures.reason(e));
        Sockets.close(venue);
      }
    }
    failures = tried.toString();
    return null;
  }

  private static void carry(Socket client, Socket venue) {
    Thread.ofVirtual().name("address-relay-up").start(() -> Sockets.copy(client, venue));
    Sockets.copy(venue, client);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
