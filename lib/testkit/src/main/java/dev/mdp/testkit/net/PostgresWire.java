package dev.mdp.testkit.net;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's protocol, version 3, without TLS. Armed, it loses the server's answer to a COMMIT:
/// the commit has been done, its `CommandComplete` is swallowed and the connection is cut.
/// Thread-safe.
public final class PostgresWire implements Wire {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int COPY_DONE = 'c';
  private static final int LONGEST_TAG = 64;

  private final AtomicInteger commitsToLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<@Nullable Consumer<Link>> onCopy = new AtomicReference<>();

  /// The answers to the next N commits, of whatever connection, are lost.
  public void loseCommits(int count) {
    commitsToLose.set(count);
  }

  /// How many answers were lost so far.
  public int lost() {
    return lost.get();
  }

  /// Calls this once, with the connection on which the next COPY is to end, and passes neither that
  /// end nor anything later of that connection on: the server has the rows and waits for more.
  public void holdNextCopy(Consumer<Link> witness) {
    onCopy.set(witness);
  }

  @Override
  public void toServer(Link link) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(link.fromClient()));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(link.toServer()));
    startUp(link, in, out);
    while (true) {
      int type = in.read();
      if (type < 0) {
        return;
      }
      @Nullable Consumer<Link> witness = type == COPY_DONE ? onCopy.getAndSet(null) : null;
      if (witness != null) {
        out.flush();
        witness.accept(link);
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return;
      }
      out.write(type);
      passBody(in, out, in.readInt());
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  @Override
  public void toClient(Link link) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(link.fromServer()));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(link.toClient()));
    while (true) {
      int type = in.read();
      if (type < 0) {
        return;
      }
      if (link.takeQuestion()) { // the answer to a question for encryption is a single byte
        out.write(type);
        out.flush();
        continue;
      }
      int length = in.readInt();
      if (type == 'C' && length < LONGEST_TAG) {
        byte[] tag = in.readNBytes(length - Integer.BYTES);
        if (isCommit(tag) && take(commitsToLose)) {
          lost.incrementAndGet();
          return;
        }
        out.write(type);
        out.writeInt(length);
        out.write(tag);
      } else {
        out.write(type);
        passBody(in, out, length);
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /// The messages before the first typed one: questions for encryption, then the start-up packet.
  private static void startUp(Link link, DataInputStream in, DataOutputStream out)
      throws IOException {
    while (true) {
      int length = in.readInt();
      int code = in.readInt();
      boolean question = code == SSL_REQUEST || code == GSS_REQUEST;
      if (question) {
        link.putQuestion();
      }
      out.writeInt(length);
      out.writeInt(code);
      copy(in, out, length - 2 * Integer.BYTES);
      out.flush();
      if (!question) {
        return;
      }
    }
  }

  private static boolean isCommit(byte[] tag) {
    return new String(tag, StandardCharsets.US_ASCII).startsWith("COMMIT");
  }

  static boolean take(AtomicInteger left) {
    return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  private static void passBody(DataInputStream in, DataOutputStream out, int length)
      throws IOException {
    out.writeInt(length);
    copy(in, out, length - Integer.BYTES);
  }

  private static void copy(DataInputStream in, DataOutputStream out, int length)
      throws IOException {
    byte[] buffer = new byte[Math.min(length, 1 << 16)];
    int left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }
}
