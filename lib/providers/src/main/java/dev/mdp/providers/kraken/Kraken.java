package dev.mdp.providers.kraken;

import java.net.URI;

/// Where Kraken is, and how it spells.
public final class Kraken {
  /// The provider's name on the bus.
  public static final String PROVIDER = "kraken";

  public static final URI SOCKET = URI.create("wss://ws.kraken.com/v2");
  public static final URI REST = URI.create("https://api.kraken.com");

  /// Public requests are counted at Kraken, each as one.
  static final int REST_WEIGHT = 1;

  private Kraken() {}

  /// A pair as the socket writes it, `BTC/USD`, as REST takes it, `XBTUSD`: without the slash, and
  /// with Kraken's own names of two assets.
  static String restPair(String symbol) {
    int slash = symbol.indexOf('/');
    return slash < 0
        ? symbol
        : restAsset(symbol.substring(0, slash)) + restAsset(symbol.substring(slash + 1));
  }

  /// A pair as REST lists it for sockets, `XBT/USD`, as the second socket writes it, `BTC/USD`.
  static String socketPair(String listed) {
    int slash = listed.indexOf('/');
    return slash < 0
        ? listed
        : socketAsset(listed.substring(0, slash)) + "/" + socketAsset(listed.substring(slash + 1));
  }

  private static String restAsset(String asset) {
    return switch (asset) {
      case "BTC" -> "XBT";
      case "DOGE" -> "XDG";
      default -> asset;
    };
  }

  private static String socketAsset(String asset) {
    return switch (asset) {
      case "XBT" -> "BTC";
      case "XDG" -> "DOGE";
      default -> asset;
    };
  }
}
