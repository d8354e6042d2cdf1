package dev.mdp.testkit.venue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads a client's WebSocket frames (RFC 6455). One thread.
final class FrameReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  private final DataInputStream in;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private int opcodeOfParts;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /// The next message or control frame; a control frame may come before the rest of a message.
  /// Throws [IOException] for the end of the connection and for what a client must not send.
  ClientFrame next() throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      int opcode = first & 0x0f;
      byte[] payload = payload();
      boolean last = (first & FINAL) != 0;
      if (opcode >= ClientFrame.CLOSE || (last && opcode != ClientFrame.CONTINUATION)) {
        return new ClientFrame(opcode, payload);
      }
      if (opcode != ClientFrame.CONTINUATION) {
        parts.reset();
        opcodeOfParts = opcode;
      }
      parts.write(payload);
      if (last) {
        return new ClientFrame(opcodeOfParts, parts.toByteArray());
      }
    }
  }

  private byte[] payload() throws IOException {
    int second = in.readUnsignedByte();
    if ((second & MASKED) == 0) {
      throw new IOException("a client's frame has no mask");
    }
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a client's frame has " + length + " bytes");
    }
    byte[] mask = new byte[4];
    in.readFully(mask);
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return payload;
  }
}
