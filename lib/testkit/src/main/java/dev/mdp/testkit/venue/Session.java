package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection as its [VenueStream] sees it: what to send, and what is subscribed. One
/// thread.
final class Session {
  private final int number;
  private final VenueRequest request;
  private final Stage stage;
  private final FrameWriter out;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private boolean subscribed;
  private long messages;
  private int skipping;

  /// @param number of the connection, from 1
  Session(int number, VenueRequest request, Stage stage, FrameWriter out) {
    this.number = number;
    this.request = request;
    this.stage = stage;
    this.out = out;
  }

  int number() {
    return number;
  }

  /// The handshake.
  VenueRequest request() {
    return request;
  }

  Stage stage() {
    return stage;
  }

  StreamScript script() {
    return stage.script().stream();
  }

  void send(String text) throws IOException {
    messages++;
    out.text(text);
  }

  /// How many messages were sent.
  long messages() {
    return messages;
  }

  /// Whether the venue takes a subscription of this symbol.
  boolean knows(String symbol) {
    return !script().refused.contains(symbol) && stage.market().listing(symbol).isPresent();
  }

  /// Subscribes a symbol that the venue knows, from the trade after the last one released.
  Subscription subscribe(String symbol) {
    subscribed = true;
    return subscriptions.computeIfAbsent(
        symbol,
        _ ->
            stage
                .market()
                .listing(symbol)
                .map(stage.market()::subscription)
                .orElseThrow(() -> new IllegalArgumentException("no symbol " + symbol)));
  }

  /// The client asked for something: it is not cut for having asked for nothing.
  void asked() {
    subscribed = true;
  }

  void unsubscribe(String symbol) {
    subscriptions.remove(symbol);
  }

  Optional<Subscription> find(String symbol) {
    return Optional.ofNullable(subscriptions.get(symbol));
  }

  @Nullable Subscription get(String symbol) {
    return subscriptions.get(symbol);
  }

  /// The next trades are not sent.
  void skip(int trades) {
    skipping += trades;
  }

  /// Whether the next trade is not sent; asked once for each.
  boolean skipsNext() {
    if (skipping == 0) {
      return false;
    }
    skipping--;
    return true;
  }

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  boolean hasSubscribed() {
    return subscribed;
  }

  /// Whether nothing of this symbol is ever sent, though it is confirmed.
  boolean isSilent(String symbol) {
    return script().silent.contains(symbol);
  }
}
