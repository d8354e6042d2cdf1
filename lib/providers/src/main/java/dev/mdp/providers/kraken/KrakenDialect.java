package dev.mdp.providers.kraken;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.json.Json;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.providers.net.VenueLimits;
import dev.mdp.providers.wire.Subscriptions;
import dev.mdp.providers.wire.SymbolTable;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kraken's second WebSocket interface. One thread.
///
/// Each symbol of a subscription is confirmed or refused by a separate message, so that a wrong one
/// does not touch the others.
public final class KrakenDialect implements VenueDialect {
  private static final Subscriptions MESSAGES = new Subscriptions(100, KrakenDialect::message);

  /// A heartbeat comes about each second in which nothing else does. Connections are limited to
  /// about 150 in 10 min.
  private static final VenueLimits LIMITS =
      new VenueLimits(
          5,
          Duration.ofSeconds(1),
          150,
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Optional.empty(),
          1_000);

  private final URI socket;
  private final SymbolTable symbols = new SymbolTable();
  private final KrakenFrames frames = new KrakenFrames(symbols);

  public KrakenDialect(URI socket) {
    this.socket = socket;
  }

  @Override
  public String provider() {
    return Kraken.PROVIDER;
  }

  @Override
  public TradeIds ids() {
    return TradeIds.CONTIGUOUS;
  }

  @Override
  public URI endpoint(List<Symbol> wanted) {
    return socket;
  }

  @Override
  public List<String> subscribe(List<Symbol> wanted) {
    symbols.addAll(wanted);
    return MESSAGES.subscribe(wanted);
  }

  @Override
  public List<String> unsubscribe(List<Symbol> unwanted) {
    return MESSAGES.unsubscribe(unwanted);
  }

  @Override
  public void read(Frame frame, FeedListener into) {
    frames.read(frame, into);
  }

  @Override
  public VenueLimits limits() {
    return LIMITS;
  }

  private static String message(String method, List<Symbol> some) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("channel", "trade");
    params.put("symbol", some);
    if (method.equals("subscribe")) {
      // the last 50 trades, which are asked for by id when they are missing
      params.put("snapshot", false);
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("method", method);
    message.put("params", params);
    return Json.write(message);
  }
}
