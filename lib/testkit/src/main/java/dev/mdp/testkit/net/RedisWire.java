package dev.mdp.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Redis's protocol, as far as it takes to lose the answer to an append: armed, the request with
/// EXEC or a lone XADD is passed on, the answer is awaited, swallowed, and the connection is cut.
/// Thread-safe.
public final class RedisWire implements Wire {
  private static final byte[] EXEC = bytes("\r\n$4\r\nEXEC\r\n");
  private static final byte[] MULTI = bytes("\r\n$5\r\nMULTI\r\n");
  private static final byte[] XADD = bytes("\r\n$4\r\nXADD\r\n");
  private static final int LONGEST = MULTI.length;

  private final AtomicInteger appendsToLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile boolean loseAll;

  /// The answers to the next N appends, of whatever connection, are lost.
  public void loseAppends(int count) {
    appendsToLose.set(count);
  }

  /// Whether every answer to an append is lost.
  public void loseAllAppends(boolean all) {
    loseAll = all;
  }

  /// How many answers were lost so far.
  public int lost() {
    return lost.get();
  }

  @Override
  public void toServer(Link link) throws IOException {
    InputStream in = link.fromClient();
    OutputStream out = link.toServer();
    byte[] buffer = new byte[1 << 16];
    int kept = 0;
    boolean inTransaction = false;
    for (int count = in.read(buffer, 0, buffer.length - LONGEST);
        count >= 0;
        count = in.read(buffer, kept, buffer.length - kept)) {
      int end = kept + count;
      inTransaction |= contains(buffer, end, MULTI);
      boolean exec = contains(buffer, end, EXEC);
      boolean append = exec || (!inTransaction && contains(buffer, end, XADD));
      inTransaction &= !exec;
      if (append && !link.isDoomed() && (loseAll || PostgresWire.take(appendsToLose))) {
        link.doom();
      }
      out.write(buffer, kept, count);
      out.flush();
      // what an interrupted word would need, but no word that was seen already
      int keep = append || inTransaction && exec ? 0 : Math.min(end, LONGEST - 1);
      System.arraycopy(buffer, end - keep, buffer, 0, keep);
      kept = keep;
    }
  }

  @Override
  public void toClient(Link link) throws IOException {
    InputStream in = link.fromServer();
    OutputStream out = link.toClient();
    byte[] buffer = new byte[1 << 16];
    boolean lineStart = true;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (link.isDoomed()) {
        if (isResult(buffer, count, lineStart)) {
          lost.incrementAndGet();
          return;
        }
      } else {
        out.write(buffer, 0, count);
        out.flush();
      }
      lineStart = count > 0 && buffer[count - 1] == '\n';
    }
  }

  /// Whether the answer of EXEC or of a lone XADD is here, and not only `+OK` and `+QUEUED`.
  private static boolean isResult(byte[] buffer, int count, boolean lineStart) {
    for (int i = 0; i < count; i++) {
      boolean start = i == 0 ? lineStart : buffer[i - 1] == '\n';
      if (start && (buffer[i] == '*' || buffer[i] == '$' || buffer[i] == '-')) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(byte[] buffer, int end, byte[] word) {
    for (int i = 0; i + word.length <= end; i++) {
      int matched = 0;
      while (matched < word.length && buffer[i + matched] == word[matched]) {
        matched++;
      }
      if (matched == word.length) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
