package dev.mdp.providers.binance;

/// A kind of stream of Binance's; each is a provider, because its ids mean something else.
public enum BinanceStream {
  /// Every trade.
  TRADE("binance", "trade", "t", "/api/v3/historicalTrades", 25, "id", "price", "qty", "time"),

  /// What one taker traded at one price at once, as one: bars have the same prices and volumes and
  /// fewer trades.
  AGG_TRADE("binance_agg", "aggTrade", "a", "/api/v3/aggTrades", 4, "a", "p", "q", "T");

  final String provider;

  /// The event's type, and what follows the @ of a stream's name.
  final String event;

  /// The event's field that holds the id.
  final String idField;

  final String restPath;
  final int restWeight;
  final String restId;
  final String restPrice;
  final String restSize;
  final String restTime;

  BinanceStream(
      String provider,
      String event,
      String idField,
      String restPath,
      int restWeight,
      String restId,
      String restPrice,
      String restSize,
      String restTime) {
    this.provider = provider;
    this.event = event;
    this.idField = idField;
    this.restPath = restPath;
    this.restWeight = restWeight;
    this.restId = restId;
    this.restPrice = restPrice;
    this.restSize = restSize;
    this.restTime = restTime;
  }

  /// The provider's name on the bus.
  public String provider() {
    return provider;
  }
}
