package dev.mdp.testkit.venue;

/// How one kind of venue speaks. A new venue is one more of these. Thread-safe.
sealed interface Dialect permits BinanceDialect, CoinbaseDialect, KrakenDialect {
  /// What follows host and port in the address of the socket; empty when clients add it themselves.
  String socketPath();

  /// Whether there is a socket at this address.
  boolean accepts(VenueRequest handshake);

  /// Whether the address already says what is wanted.
  boolean subscribesByAddress(VenueRequest handshake);

  /// How connections live, as the venue documents it.
  LifeScript documented();

  VenueStream stream(Session session);

  VenueRest rest(Stage stage);

  /// Whether the option has a meaning here.
  boolean has(Option option);

  /// What only some venues can do.
  enum Option {
    HEARTBEATS,
    ZERO_HEADS,
    SNAPSHOTS,
    TRADES_PER_FRAME,
    NEWEST_FIRST,
    BLOCK_TRADES,
    TIMES,
    WHOLE_TOKENS,
    INCLUSIVE_TOKENS
  }
}
