package dev.mdp.testkit.venue;

/// Which venue is played.
public enum VenueKind {
  /// Coinbase Exchange: channels `matches` and `heartbeat`, REST by id, newest first.
  COINBASE,
  /// Kraken's WebSocket v2, REST by a token of time.
  KRAKEN,
  /// Binance Spot with its REST host that has single trades.
  BINANCE,
  /// Binance Spot with the host for market data alone, whose REST has aggregates only.
  BINANCE_AGG;

  Dialect dialect() {
    return switch (this) {
      case COINBASE -> new CoinbaseDialect();
      case KRAKEN -> new KrakenDialect();
      case BINANCE -> new BinanceDialect(true);
      case BINANCE_AGG -> new BinanceDialect(false);
    };
  }
}
