package dev.mdp.testkit.venue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that sees frames and packets as they are. One thread.
final class RawSocket implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  /// A frame of the server.
  record Frame(boolean last, int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  RawSocket(FakeVenue venue, String target) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), venue.port());
    socket.setSoTimeout(5_000);
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write(
            ("GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .formatted(target)
                .getBytes(StandardCharsets.US_ASCII));
  }

  /// The head of the answer to the handshake.
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  Frame frame() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new Frame((first & 0x80) != 0, first & 0x0f, payload);
  }

  void send(String text) throws IOException {
    send(1, text);
  }

  void send(int opcode, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[payload.length + 8];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    byte[] mask = {1, 2, 3, 4};
    System.arraycopy(mask, 0, frame, 4, 4);
    for (int i = 0; i < payload.length; i++) {
      frame[8 + i] = (byte) (payload[i] ^ mask[i & 3]);
    }
    socket.getOutputStream().write(frame);
  }

  /// Sends a text and reads until the whole answer to a subscription has come.
  void subscribe(String text) throws IOException {
    send(text);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("]}]}") < 0) {
      Frame frame = frame();
      answer.append(frame.opcode() < 2 ? frame.text() : "");
    }
  }

  /// What is there is read at once, at most so many bytes.
  int readAvailable(int most) throws IOException {
    InputStream raw = socket.getInputStream();
    return raw.read(new byte[most]);
  }

  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
