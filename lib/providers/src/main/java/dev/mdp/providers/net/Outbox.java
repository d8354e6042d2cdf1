package dev.mdp.providers.net;

import java.util.ArrayDeque;
import java.util.List;

/// What one connection is to send, spaced by the venue's limit. One message of the limit is kept
/// for a pong, which is sent when the venue likes. The feed's thread.
final class Outbox {
  private record Message(String text, Runnable sent) {}

  private final Connection connection;
  private final RollingLimit limit;
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private long heldUntilNanos = Long.MIN_VALUE;

  Outbox(Connection connection, VenueLimits limits) {
    this.connection = connection;
    int own = Math.max(1, limits.messages() - 1);
    this.limit = new RollingLimit(own, limits.messageWindow());
  }

  /// @param sent is run once the last of them is sent, or at once when there is none
  void add(List<String> texts, Runnable sent) {
    int last = texts.size() - 1;
    for (int i = 0; i < last; i++) {
      messages.addLast(new Message(texts.get(i), () -> {}));
    }
    if (last >= 0) {
      messages.addLast(new Message(texts.get(last), sent));
    } else {
      sent.run();
    }
  }

  /// Sends nothing before then.
  void hold(long untilNanos) {
    heldUntilNanos = Math.max(heldUntilNanos, untilNanos);
  }

  /// Sends what may be sent now; returns when the next may.
  long send(long nowNanos) {
    int pongs = connection.takePings();
    if (pongs > 0) {
      limit.note(nowNanos, pongs);
    }
    while (!messages.isEmpty()) {
      if (nowNanos < heldUntilNanos) {
        return heldUntilNanos;
      }
      long wait = limit.take(nowNanos, 1);
      if (wait > 0) {
        return nowNanos + wait;
      }
      Message next = messages.removeFirst();
      connection.send(next.text);
      next.sent.run();
    }
    return Session.NEVER;
  }
}
