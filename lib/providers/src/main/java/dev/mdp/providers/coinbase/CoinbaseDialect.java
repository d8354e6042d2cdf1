package dev.mdp.providers.coinbase;

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

/// The WebSocket feed of Coinbase Exchange. One thread.
///
/// A subscription must come within 5 s of connecting. It is confirmed by a list of everything that
/// is subscribed by then. A message that names one wrong product subscribes none of its products:
/// the refusal names that product, and the others stay unconfirmed until they are asked for again
/// without it.
public final class CoinbaseDialect implements VenueDialect {
  private static final Subscriptions MESSAGES = new Subscriptions(100, CoinbaseDialect::message);
  private static final List<String> CHANNELS = List.of("matches", "heartbeat");

  /// A heartbeat comes each second for every product, so silence of 10 s is none of the venue's.
  private static final VenueLimits LIMITS =
      new VenueLimits(
          8,
          Duration.ofSeconds(1),
          8,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Optional.empty(),
          1_000);

  private final URI socket;
  private final SymbolTable symbols = new SymbolTable();
  private final CoinbaseFrames frames = new CoinbaseFrames(symbols);

  public CoinbaseDialect(URI socket) {
    this.socket = socket;
  }

  @Override
  public String provider() {
    return Coinbase.PROVIDER;
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

  private static String message(String type, List<Symbol> some) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    message.put("product_ids", some);
    message.put("channels", CHANNELS);
    return Json.write(message);
  }
}
