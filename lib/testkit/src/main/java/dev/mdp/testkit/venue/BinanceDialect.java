package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.Set;

/// Binance Spot.
///
/// @param singleTrades whether REST has single trades, or aggregates only
record BinanceDialect(boolean singleTrades) implements Dialect {
  private static final Set<Option> OPTIONS = Set.of(Option.BLOCK_TRADES, Option.TIMES);

  @Override
  public String socketPath() {
    return "";
  }

  @Override
  public boolean accepts(VenueRequest handshake) {
    String path = handshake.path();
    return path.equals("/stream") || path.equals("/ws") || path.startsWith("/ws/");
  }

  @Override
  public boolean subscribesByAddress(VenueRequest handshake) {
    return !BinanceStreams.named(handshake).isEmpty();
  }

  @Override
  public LifeScript documented() {
    return LifeScript.DOCUMENTED
        .pings(Duration.ofSeconds(20))
        .pongWithin(Duration.ofSeconds(60))
        .maxAge(Duration.ofHours(24), Duration.ofMinutes(10));
  }

  @Override
  public VenueStream stream(Session session) {
    return new BinanceStream(session);
  }

  @Override
  public VenueRest rest(Stage stage) {
    return new BinanceRest(stage, singleTrades);
  }

  @Override
  public boolean has(Option option) {
    return OPTIONS.contains(option);
  }
}
