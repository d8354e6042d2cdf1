package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Coinbase's socket: `subscribe` and `unsubscribe` of channels, `match`, `last_match`,
/// `heartbeat`, `status`, `subscriptions`, `error`. One thread.
final class CoinbaseStream implements VenueStream {
  private static final String MATCHES = "matches";
  private static final String HEARTBEAT = "heartbeat";
  private static final String STATUS = "status";

  private final Session session;
  private final CoinbaseChannels channels = new CoinbaseChannels();

  CoinbaseStream(Session session) {
    this.session = session;
  }

  @Override
  public void opened() {
    // the venue waits for a subscription
  }

  @Override
  public void heard(String text) throws IOException {
    Optional<ClientMessage> message = ClientMessage.of(text);
    if (message.isEmpty()) {
      error("Malformed JSON", "");
      return;
    }
    switch (message.get().word("type")) {
      case "subscribe" -> subscribe(message.get());
      case "unsubscribe" -> unsubscribe(message.get());
      default -> error("Type has to be either subscribe or unsubscribe", "");
    }
  }

  /// One wrong product or channel and nothing of the message counts, as at the venue.
  private void subscribe(ClientMessage message) throws IOException {
    session.asked();
    Map<String, Set<String>> wanted = CoinbaseChannels.named(message);
    Optional<String> problem = CoinbaseChannels.problem(wanted, session::knows);
    if (problem.isPresent()) {
      error("Failed to subscribe", problem.get());
      return;
    }
    channels.add(wanted);
    for (String product : wanted.getOrDefault(MATCHES, Set.of())) {
      Subscription subscription = session.subscribe(product);
      if (subscription.passed() > 0 && !session.isSilent(product)) {
        match("last_match", subscription, subscription.passed() - 1);
      }
    }
    session.send(channels.toJson());
    if (wanted.containsKey(STATUS)) {
      statusChanged();
    }
  }

  private void unsubscribe(ClientMessage message) throws IOException {
    channels.remove(CoinbaseChannels.named(message));
    List<String> gone =
        session.subscriptions().stream()
            .map(Subscription::symbol)
            .filter(symbol -> !channels.has(MATCHES, symbol))
            .toList();
    gone.forEach(session::unsubscribe);
    session.send(channels.toJson());
  }

  @Override
  public void trade(Subscription subscription, int index) throws IOException {
    match("match", subscription, index);
  }

  @Override
  public void flush() {
    // each match has its own message
  }

  private void match(String type, Subscription subscription, int index) throws IOException {
    session.send(
        CoinbaseText.match(
            type, subscription.symbol(), subscription.series().trade(index), session.script()));
  }

  @Override
  public void heartbeat(boolean idle) throws IOException {
    long now = session.stage().clock().shownMicros();
    for (String product : channels.products(HEARTBEAT)) {
      if (session.isSilent(product)) {
        continue;
      }
      Optional<Subscription> matches = session.find(product);
      long head = matches.isPresent() ? matches.get().headId() : market().head(product);
      session.send(CoinbaseText.heartbeat(product, session.script().zeroHeads ? 0 : head, now));
    }
  }

  @Override
  public void announceShutdown() {
    // the venue closes without a word
  }

  @Override
  public void statusChanged() throws IOException {
    if (channels.has(STATUS)) {
      String products = CoinbaseProducts.toJson(market());
      session.send("{\"type\":\"status\",\"currencies\":[],\"products\":" + products + "}");
    }
  }

  @Override
  public String unknownMessage() {
    return "{\"type\":\"auction_moved\",\"product_id\":\"BTC-USD\",\"trade_id\":1,\"price\":\"1\"}";
  }

  private Market market() {
    return session.stage().market();
  }

  private void error(String message, String reason) throws IOException {
    session.send(CoinbaseText.error(message, reason));
  }
}
