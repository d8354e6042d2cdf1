package dev.mdp.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The kinds of live feeds that this program has: a venue and one of its streams.
public enum Venue {
  COINBASE("wss://ws-feed.exchange.coinbase.com", "https://api.exchange.coinbase.com"),
  KRAKEN("wss://ws.kraken.com/v2", "https://api.kraken.com"),
  BINANCE("wss://stream.binance.com:9443", "https://api.binance.com"),
  /// Trades of one taker order at one price as one: the volume and the prices are exact, the number
  /// of trades is not. For places where the other host is refused.
  BINANCE_AGG("wss://data-stream.binance.vision", "https://data-api.binance.vision");

  private final URI socket;
  private final URI rest;

  Venue(String socket, String rest) {
    this.socket = URI.create(socket);
    this.rest = URI.create(rest);
  }

  /// Where its stream is, unless the configuration names another place.
  public URI socket() {
    return socket;
  }

  /// Where its history is, unless the configuration names another place.
  public URI rest() {
    return rest;
  }

  /// As `type` names it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Throws [IllegalArgumentException] for what is none.
  static Venue of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "not a type of feed: '" + word + "' (want " + words() + ")"));
  }

  static boolean isOne(String word) {
    return Arrays.stream(values()).anyMatch(each -> each.word().equals(word));
  }

  private static String words() {
    return Arrays.stream(values()).map(Venue::word).collect(Collectors.joining(", "));
  }
}
