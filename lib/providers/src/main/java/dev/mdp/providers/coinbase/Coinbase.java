package dev.mdp.providers.coinbase;

import java.net.URI;

/// Where Coinbase Exchange is.
public final class Coinbase {
  /// The provider's name on the bus.
  public static final String PROVIDER = "coinbase";

  public static final URI SOCKET = URI.create("wss://ws-feed.exchange.coinbase.com");
  public static final URI REST = URI.create("https://api.exchange.coinbase.com");

  /// Requests are counted at Coinbase, each as one.
  static final int REST_WEIGHT = 1;

  private Coinbase() {}
}
