package dev.mdp.testkit.venue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Writes a server's WebSocket frames (RFC 6455) as its script says. One thread.
final class FrameWriter {
  private static final int FINAL = 0x80;
  private static final byte[] BETWEEN_FRAGMENTS = "fragment".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final WireScript script;
  private final SplittableRandom random;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private long messages;

  /// @param out not buffered: each write is one of the socket
  FrameWriter(OutputStream out, WireScript script, SplittableRandom random) {
    this.out = out;
    this.script = script;
    this.random = random;
  }

  void text(String text) throws IOException {
    messages++;
    byte[] payload = bytes(text);
    if (script.fragmentBytes <= 0) {
      frame(FINAL | ClientFrame.TEXT, payload, 0, payload.length);
      return;
    }
    int from = 0;
    while (from < payload.length) {
      int length = Math.min(payload.length - from, random.nextInt(script.fragmentBytes) + 1);
      int opcode = from == 0 ? ClientFrame.TEXT : ClientFrame.CONTINUATION;
      boolean last = from + length == payload.length;
      frame(last ? FINAL | opcode : opcode, payload, from, length);
      if (!last && random.nextInt(8) == 0) {
        ping(BETWEEN_FRAGMENTS);
      }
      from += length;
    }
  }

  void ping(byte[] payload) throws IOException {
    frame(FINAL | ClientFrame.PING, payload, 0, payload.length);
  }

  void pong(byte[] payload) throws IOException {
    frame(FINAL | ClientFrame.PONG, payload, 0, payload.length);
  }

  void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[text.length + 2];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    frame(FINAL | ClientFrame.CLOSE, payload, 0, payload.length);
    flush();
  }

  /// Begins a message of this text and writes half of it.
  void half(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    flush();
    out.write(header(FINAL | ClientFrame.TEXT, payload.length));
    out.write(payload, 0, payload.length / 2);
  }

  /// Writes what was gathered.
  void flush() throws IOException {
    if (gathered.size() > 0) {
      gathered.writeTo(out);
      gathered.reset();
    }
  }

  private byte[] bytes(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    boolean big = script.bigEvery > 0 && messages % script.bigEvery == 0;
    if (!big || payload.length >= script.bigBytes || payload[0] != '{') {
      return payload;
    }
    byte[] padded = new byte[script.bigBytes];
    int pad = padded.length - payload.length;
    Arrays.fill(padded, (byte) ' ');
    padded[0] = '{';
    System.arraycopy(payload, 1, padded, 1 + pad, payload.length - 1);
    return padded;
  }

  private void frame(int first, byte[] payload, int from, int length) throws IOException {
    byte[] header = header(first, length);
    byte[] frame = Arrays.copyOf(header, header.length + length);
    System.arraycopy(payload, from, frame, header.length, length);
    if (script.singleBytes) {
      for (byte one : frame) {
        out.write(one);
      }
    } else if (script.gatherBytes > 0) {
      gathered.write(frame);
      if (gathered.size() >= script.gatherBytes) {
        flush();
      }
    } else {
      out.write(frame);
    }
  }

  private static byte[] header(int first, int length) {
    if (length < 126) {
      return new byte[] {(byte) first, (byte) length};
    }
    if (length < 1 << 16) {
      return new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
    }
    return new byte[] {
      (byte) first,
      127,
      0,
      0,
      0,
      0,
      (byte) (length >> 24),
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length
    };
  }
}
