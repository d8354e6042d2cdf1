package dev.mdp.providers.net;

import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends text messages one after another, as the JDK takes only one at a time. It holds no lock
/// while it calls the JDK, whose threads may call back holding theirs. Thread-safe.
final class SendQueue {
  private final ArrayDeque<String> texts = new ArrayDeque<>();
  private final Consumer<Throwable> failed;
  private boolean sending;

  /// @param failed hears why a message could not be sent
  SendQueue(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  void send(WebSocket socket, String text) {
    synchronized (this) {
      texts.addLast(text);
      if (sending) {
        return;
      }
      sending = true;
    }
    sendNext(socket);
  }

  private void sendNext(WebSocket socket) {
    for (String next = next(); next != null; next = next()) {
      CompletableFuture<WebSocket> sent = socket.sendText(next, true);
      if (!sent.isDone() || sent.isCompletedExceptionally()) {
        var _ =
            sent.whenComplete((_, error) -> {
              if (error == null) {
                sendNext(socket);
              } else {
                failed.accept(error.getCause() == null ? error : error.getCause());
              }
            });
        return;
      }
    }
  }

  private synchronized @Nullable String next() {
    String next = texts.pollFirst();
    sending = next != null;
    return next;
  }
}
