package dev.mdp.providers.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server of WebSockets that writes byte by byte what a test tells it to, each connection in a
/// thread of its own.
final class RawVenue implements AutoCloseable {
  /// What is done with a connection after its request has been read.
  interface Script {
    void run(Peer peer) throws Exception;
  }

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /// @param text of a close frame: its code and its reason
  record Received(int opcode, String text) {}

  private final ServerSocket door;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  RawVenue(Script script) throws IOException {
    this(new ServerSocket(), InetAddress.ofLiteral("127.0.0.1"), 0, script);
  }

  RawVenue(ServerSocket door, InetAddress address, int port, Script script) throws IOException {
    this.door = door;
    this.script = script;
    door.bind(new InetSocketAddress(address, port));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + port() + "/stream?token=secret");
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.run(new Peer(socket));
    } catch (Exception _) {
      // the client has gone, or the test is over
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /// The other end of one connection.
  static final class Peer {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final List<String> request = new ArrayList<>();

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      for (String line = line(); !line.isEmpty(); line = line()) {
        request.add(line);
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    List<String> request() {
      return List.copyOf(request);
    }

    private String header(String name) {
      return request.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElseThrow();
    }

    String acceptance() throws Exception {
      String key = header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(hash)
          + "\r\n\r\n";
    }

    void accept() throws Exception {
      raw(acceptance().getBytes(StandardCharsets.US_ASCII));
    }

    void answer(String text) throws IOException {
      raw(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void text(String text) throws IOException {
      raw(frame(TEXT, true, text));
    }

    static byte[] frame(int opcode, boolean last, String text) {
      return frame(opcode, last, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] frame(int opcode, boolean last, byte[] payload) {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write((last ? 0x80 : 0) | opcode);
      int length = payload.length;
      if (length < 126) {
        frame.write(length);
      } else if (length < 1 << 16) {
        frame.write(126);
        frame.write(length >> 8);
        frame.write(length);
      } else {
        frame.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          frame.write((int) ((long) length >> shift));
        }
      }
      frame.writeBytes(payload);
      return frame.toByteArray();
    }

    static byte[] closeFrame(int code, String reason) {
      byte[] text = reason.getBytes(StandardCharsets.UTF_8);
      byte[] payload = new byte[2 + text.length];
      payload[0] = (byte) (code >> 8);
      payload[1] = (byte) code;
      System.arraycopy(text, 0, payload, 2, text.length);
      return frame(CLOSE, true, payload);
    }

    /// Waits for the client's next frame.
    Received read() throws IOException {
      int opcode = in.readUnsignedByte() & 0xf;
      int length = in.readUnsignedByte() & 0x7f;
      length = length == 126 ? in.readUnsignedShort() : length;
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (opcode == CLOSE && length >= 2) {
        int code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        String reason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
        return new Received(opcode, code + " " + reason);
      }
      return new Received(opcode, new String(payload, StandardCharsets.UTF_8));
    }

    /// Ends the connection as a machine that has crashed does.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    void hangUp() throws IOException {
      socket.close();
    }
  }
}
