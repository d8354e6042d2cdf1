package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Kraken's socket, v2: `subscribe`, `unsubscribe` and `ping` with one answer for each symbol,
/// channels `trade`, `heartbeat` and `status`. One thread.
final class KrakenStream implements VenueStream {
  private static final int SNAPSHOT = 50;

  private final Session session;
  private final KrakenFrames frames;

  KrakenStream(Session session) {
    this.session = session;
    this.frames = new KrakenFrames(session);
  }

  @Override
  public void opened() throws IOException {
    statusChanged();
  }

  @Override
  public void heard(String text) throws IOException {
    KrakenRequest request = KrakenRequest.of(text, session.stage().clock());
    switch (request.method()) {
      case "subscribe", "unsubscribe" -> channel(request);
      case "ping" -> session.send(request.pong());
      case "" -> session.send(request.failure("Malformed request", ""));
      default -> session.send(request.failure("Unsupported method", ""));
    }
  }

  private void channel(KrakenRequest request) throws IOException {
    session.asked();
    String channel = request.params().word("channel");
    List<String> symbols = request.params().words("symbol");
    if (!channel.equals("trade")) {
      session.send(request.failure("Subscription channel not supported " + channel, ""));
    } else if (symbols.isEmpty()) {
      session.send(request.failure("Symbol(s) not found", ""));
    } else {
      for (String symbol : symbols) {
        symbol(symbol, request);
      }
    }
  }

  private void symbol(String symbol, KrakenRequest request) throws IOException {
    boolean subscribed = session.find(symbol).isPresent();
    boolean wanted = request.method().equals("subscribe");
    if (!session.knows(symbol)) {
      session.send(request.failure("Currency pair not supported " + symbol, symbol));
    } else if (wanted && subscribed) {
      session.send(request.failure("Already subscribed", symbol));
    } else if (wanted) {
      subscribe(symbol, request);
    } else if (subscribed) {
      session.unsubscribe(symbol);
      session.send(request.confirmation(symbol, Optional.empty()));
    } else {
      session.send(request.failure("Subscription not found", symbol));
    }
  }

  private void subscribe(String symbol, KrakenRequest request) throws IOException {
    boolean snapshot = request.params().flag("snapshot").orElse(true);
    Subscription subscription = session.subscribe(symbol);
    session.send(request.confirmation(symbol, Optional.of(snapshot)));
    if ((snapshot || session.script().snapshots) && !session.isSilent(symbol)) {
      int to = subscription.passed();
      List<Trade> last = subscription.series().trades().subList(Math.max(0, to - SNAPSHOT), to);
      session.send(KrakenText.trades("snapshot", symbol, last, session.script()));
    }
  }

  @Override
  public void trade(Subscription subscription, int index) throws IOException {
    frames.add(subscription.symbol(), subscription.series().trade(index));
  }

  @Override
  public void flush() throws IOException {
    frames.flush();
  }

  @Override
  public void heartbeat(boolean idle) throws IOException {
    if (idle && !session.subscriptions().isEmpty()) {
      session.send("{\"channel\":\"heartbeat\"}");
    }
  }

  @Override
  public void announceShutdown() {
    // the venue closes without a word
  }

  /// The venue's status is that of its engine: it is in maintenance when no symbol trades.
  @Override
  public void statusChanged() throws IOException {
    Market market = session.stage().market();
    boolean online =
        market.listed().stream()
            .anyMatch(listing -> market.status(listing) == Listing.Status.ONLINE);
    session.send(KrakenText.status(online ? "online" : "maintenance", session.number()));
  }

  @Override
  public String unknownMessage() {
    return "{\"channel\":\"liquidations\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
        + "\"trade_id\":1,\"price\":1.0}]}";
  }
}
