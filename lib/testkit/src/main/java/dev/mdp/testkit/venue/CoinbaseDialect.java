package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.Set;

/// Coinbase Exchange.
final class CoinbaseDialect implements Dialect {
  private static final Set<Option> OPTIONS = Set.of(Option.HEARTBEATS, Option.ZERO_HEADS);

  @Override
  public String socketPath() {
    return "/";
  }

  @Override
  public boolean accepts(VenueRequest handshake) {
    return handshake.path().equals("/");
  }

  @Override
  public boolean subscribesByAddress(VenueRequest handshake) {
    return false;
  }

  @Override
  public LifeScript documented() {
    return LifeScript.DOCUMENTED
        .heartbeats(Duration.ofSeconds(1))
        .subscribeWithin(Duration.ofSeconds(5));
  }

  @Override
  public VenueStream stream(Session session) {
    return new CoinbaseStream(session);
  }

  @Override
  public VenueRest rest(Stage stage) {
    return new CoinbaseRest(stage);
  }

  @Override
  public boolean has(Option option) {
    return OPTIONS.contains(option);
  }
}
