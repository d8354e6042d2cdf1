package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.Set;

/// Kraken, WebSocket v2.
final class KrakenDialect implements Dialect {
  private static final Set<Option> OPTIONS =
      Set.of(
          Option.HEARTBEATS,
          Option.SNAPSHOTS,
          Option.TRADES_PER_FRAME,
          Option.NEWEST_FIRST,
          Option.WHOLE_TOKENS,
          Option.INCLUSIVE_TOKENS);

  @Override
  public String socketPath() {
    return "/v2";
  }

  @Override
  public boolean accepts(VenueRequest handshake) {
    return handshake.path().equals("/v2");
  }

  @Override
  public boolean subscribesByAddress(VenueRequest handshake) {
    return false;
  }

  @Override
  public LifeScript documented() {
    return LifeScript.DOCUMENTED.heartbeats(Duration.ofSeconds(1));
  }

  @Override
  public VenueStream stream(Session session) {
    return new KrakenStream(session);
  }

  @Override
  public VenueRest rest(Stage stage) {
    return new KrakenRest(stage);
  }

  @Override
  public boolean has(Option option) {
    return OPTIONS.contains(option);
  }
}
