package dev.mdp.testkit.venue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A client of the JDK for a venue's socket; it answers pings by itself. What came is taken one by
/// one; nothing waits longer than five seconds. One thread takes.
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int SECONDS = 5;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pings = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final StringBuilder parts = new StringBuilder();
  private final WebSocket socket;

  private SocketClient(HttpClient client, URI uri) {
    this.socket = client.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static SocketClient of(URI uri) {
    return new SocketClient(CLIENT, uri);
  }

  static SocketClient of(HttpClient client, URI uri) {
    return new SocketClient(client, uri);
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void ping(String payload) {
    socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII))).join();
  }

  /// Closes politely.
  void finish() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
  }

  /// The next message.
  String next() throws InterruptedException {
    String text = texts.poll(SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came; the end: " + end.getNow("is not there"));
    }
    return text;
  }

  /// The next message, an object.
  Map<?, ?> nextJson() throws InterruptedException {
    return TestJson.object(next());
  }

  /// The next message that is like this; what came before it is gone.
  Map<?, ?> nextLike(Predicate<Map<?, ?>> wanted) throws InterruptedException {
    Map<?, ?> message = nextJson();
    while (!wanted.test(message)) {
      message = nextJson();
    }
    return message;
  }

  List<Map<?, ?>> nextJson(int count) throws InterruptedException {
    List<Map<?, ?>> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(nextJson());
    }
    return messages;
  }

  String nextPing() throws InterruptedException {
    String payload = pings.poll(SECONDS, TimeUnit.SECONDS);
    if (payload == null) {
      throw new AssertionError("no ping came");
    }
    return payload;
  }

  /// Whether nothing comes for this long.
  boolean isQuietFor(long millis) throws InterruptedException {
    return texts.poll(millis, TimeUnit.MILLISECONDS) == null;
  }

  /// How the connection ended: `1008 Reason`, or the name of an exception.
  String end() throws Exception {
    return end.get(SECONDS, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !end.isDone();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    parts.append(data);
    if (last) {
      texts.add(parts.toString());
      parts.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings.add(StandardCharsets.US_ASCII.decode(message.duplicate()).toString());
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end.complete((code + " " + reason).strip());
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end.complete(error.getClass().getSimpleName());
  }

  @Override
  public void close() {
    socket.abort();
  }
}
