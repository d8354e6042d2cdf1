package dev.mdp.testkit.venue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Writes answers of HTTP/1.1 to one connection, which stays open. One thread.
final class AnswerWriter {
  /// From RFC 6455: says that a server speaks WebSocket and does not merely repeat a header.
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final OutputStream out;

  AnswerWriter(OutputStream out) {
    this.out = out;
  }

  void write(Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    out.write(head(answer, body.length));
    out.write(body);
    out.flush();
  }

  /// The whole head and half of the body.
  void writeHalf(Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    out.write(head(answer, body.length));
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  /// Accepts the handshake of a WebSocket.
  void accept(VenueRequest handshake) throws IOException {
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + acceptance(handshake.header("Sec-WebSocket-Key"))
            + "\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static byte[] head(Answer answer, int length) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(reason(answer.status()));
    head.append("\r\nContent-Type: ").append(answer.type());
    head.append("\r\nContent-Length: ").append(length);
    answer
        .headers()
        .forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 418 -> "I'm a teapot";
      case 429 -> "Too Many Requests";
      case 451 -> "Unavailable For Legal Reasons";
      case 503 -> "Service Unavailable";
      default -> "Status " + status;
    };
  }

  private static String acceptance(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
