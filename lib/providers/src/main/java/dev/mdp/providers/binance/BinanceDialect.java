package dev.mdp.providers.binance;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.providers.net.VenueLimits;
import dev.mdp.providers.wire.SymbolTable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The combined streams of Binance. One thread; several connections may share it.
///
/// Streams are asked for by messages and not by the address, whose streams no one confirms. Binance
/// confirms a stream of a symbol that it does not have just the same and never sends anything: only
/// [BinanceInstruments] tells.
public final class BinanceDialect implements VenueDialect {
  /// Binance pings every 20 s, counts our pongs among the messages, and ends a connection after a
  /// day.
  private static final VenueLimits LIMITS =
      new VenueLimits(
          5,
          Duration.ofSeconds(1),
          300,
          Duration.ofMinutes(5),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Optional.of(Duration.ofHours(24)),
          1_024);

  private final BinanceStream stream;
  private final URI endpoint;
  private final SymbolTable symbols = new SymbolTable();
  private final BinanceRequests requests;
  private final BinanceFrames frames;

  /// @param socket scheme, host and port; without the slash at its end
  public BinanceDialect(BinanceStream stream, URI socket) {
    this.stream = stream;
    this.endpoint =
        URI.create(socket.toString().replaceAll("/+$", "") + "/stream?timeUnit=MICROSECOND");
    this.requests = new BinanceRequests(stream);
    this.frames = new BinanceFrames(stream, symbols, requests);
  }

  @Override
  public String provider() {
    return stream.provider;
  }

  @Override
  public TradeIds ids() {
    return TradeIds.CONTIGUOUS;
  }

  @Override
  public URI endpoint(List<Symbol> wanted) {
    return endpoint;
  }

  @Override
  public List<String> subscribe(List<Symbol> wanted) {
    symbols.addAll(wanted);
    return requests.subscribe(wanted);
  }

  @Override
  public List<String> unsubscribe(List<Symbol> unwanted) {
    return requests.unsubscribe(unwanted);
  }

  @Override
  public void read(Frame frame, FeedListener into) {
    frames.read(frame, into);
  }

  @Override
  public boolean isEnding(Frame frame) {
    return ServerShutdown.isIn(frame);
  }

  @Override
  public VenueLimits limits() {
    return LIMITS;
  }
}
