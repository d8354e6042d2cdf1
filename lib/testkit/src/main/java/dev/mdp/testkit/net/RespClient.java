package dev.mdp.testkit.net;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Redis client of a hundred lines: one connection, one command after the other. Answers are
/// `String`, `Long`, `List` or null; an error is an [IOException] with its text. One thread.
public final class RespClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  public RespClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  public @Nullable Object call(String... words) throws IOException {
    send(words);
    return answer();
  }

  /// Runs the commands as one transaction; returns what each of them answered.
  public List<?> transaction(List<String[]> commands) throws IOException {
    send("MULTI");
    for (String[] command : commands) {
      send(command);
    }
    send("EXEC");
    for (int i = 0; i < commands.size() + 1; i++) {
      answer();
    }
    return list(answer());
  }

  public static List<?> list(@Nullable Object answer) throws IOException {
    if (answer instanceof List<?> list) {
      return list;
    }
    throw new IOException("not a list: " + answer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void send(String... words) throws IOException {
    out.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write('\r');
      out.write('\n');
    }
    out.flush();
  }

  private @Nullable Object answer() throws IOException {
    int type = in.read();
    String line = line();
    return switch (type) {
      case '+' -> line;
      case ':' -> Long.valueOf(line);
      case '-' -> throw new IOException("Redis answered: " + line);
      case '$' -> bulk(Integer.parseInt(line));
      case '*' -> many(Integer.parseInt(line));
      default -> throw new IOException("not an answer of Redis: " + (char) type + line);
    };
  }

  private @Nullable String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    in.readFully(new byte[2]);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable List<@Nullable Object> many(int count) throws IOException {
    if (count < 0) {
      return null;
    }
    List<@Nullable Object> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(answer());
    }
    return all;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) c);
    }
    in.read();
    return line.toString();
  }
}
