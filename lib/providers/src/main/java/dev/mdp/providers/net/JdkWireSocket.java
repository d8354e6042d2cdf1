package dev.mdp.providers.net;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The JDK's WebSocket. It asks for the next message in each callback, whatever becomes of this
/// one: without that the JDK would not even answer pings. It holds no lock while it calls the JDK,
/// whose threads may call back holding theirs. Thread-safe.
final class JdkWireSocket implements WireSocket, WebSocket.Listener {
  /// A longer message, in characters, is nothing that a venue sends.
  static final int MOST_CHARS = 8 << 20;

  private static final int CLOSE_SECONDS = 2;

  private final WireSocket.Listener listener;
  private final Message message = new Message(MOST_CHARS);
  private final SendQueue sends =
      new SendQueue(error -> broke("cannot send: " + NetFailures.reason(error)));
  private @Nullable WebSocket socket;
  private @Nullable HttpClient client;
  private boolean closing;

  JdkWireSocket(WireSocket.Listener listener) {
    this.listener = listener;
  }

  /// @param owner of the socket; ends with it
  void attach(WebSocket opened, HttpClient owner) {
    if (isEndedWith(opened, owner)) {
      release();
    }
  }

  private synchronized boolean isEndedWith(WebSocket opened, HttpClient owner) {
    socket = opened;
    client = owner;
    return closing;
  }

  private synchronized @Nullable HttpClient client() {
    return client;
  }

  private synchronized WebSocket socket() {
    return Objects.requireNonNull(socket, "not connected");
  }

  @Override
  public void begin() {
    socket().request(1);
  }

  @Override
  public void send(String text) {
    sends.send(socket(), text);
  }

  @Override
  public void close(String reason) {
    end(reason);
  }

  /// Whether it was not ended before.
  private boolean end(String reason) {
    WebSocket ended;
    synchronized (this) {
      if (closing) {
        return false;
      }
      closing = true;
      ended = socket();
    }
    var _ =
        ended
            .sendClose(WebSocket.NORMAL_CLOSURE, FeedWords.closeReason(reason))
            .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
            .whenComplete((_, _) -> release());
    return true;
  }

  /// In its own thread, as ending a client may wait for the client's.
  private void release() {
    Thread.ofVirtual()
        .name("venue-release")
        .start(() -> {
          socket().abort();
          HttpClient owner = client();
          if (owner != null) {
            owner.shutdownNow();
          }
        });
  }

  /// Ends it because it cannot be kept, and says so once.
  private void broke(String detail) {
    if (end(detail)) {
      listener.failed(detail);
    }
  }

  @Override
  public synchronized void onOpen(WebSocket opened) {
    // The first message is asked for by begin, once the caller knows the socket.
    socket = opened;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    if (!message.add(part, last, listener)) {
      broke("the venue sent a message of more than " + MOST_CHARS + " characters");
      return null;
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    if (last) {
      listener.unreadable("a binary message, where the venue's are text");
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    listener.pinged();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    listener.ponged();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    listener.closed(code, reason);
    close("");
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    listener.failed("the connection broke: " + NetFailures.reason(error));
    close("");
  }
}
