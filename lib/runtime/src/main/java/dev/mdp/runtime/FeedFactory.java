package dev.mdp.runtime;

import dev.mdp.config.Venue;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.providers.binance.Binance;
import dev.mdp.providers.binance.BinanceDialect;
import dev.mdp.providers.binance.BinanceHistory;
import dev.mdp.providers.binance.BinanceStream;
import dev.mdp.providers.coinbase.CoinbaseDialect;
import dev.mdp.providers.coinbase.CoinbaseHistory;
import dev.mdp.providers.kraken.KrakenDialect;
import dev.mdp.providers.kraken.KrakenHistory;
import dev.mdp.providers.net.FeedTime;
import dev.mdp.providers.net.HttpRestClient;
import dev.mdp.providers.net.JdkConnector;
import dev.mdp.providers.net.NamedFeed;
import dev.mdp.providers.net.NamedHistory;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.net.SocketFeed;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.store.PostgresStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The feeds as the configuration describes them.
final class FeedFactory {
  /// By which name all processes that share an address ask a venue.
  private static final String EGRESS = "default";

  private FeedFactory() {}

  /// A venue's stream and its history.
  record Feed(LiveFeed live, HistoryFeed history) {}

  static Feed open(VenueConfig config, PostgresStore store, InstantSource clock) {
    LiveFeed live =
        new SocketFeed(
            dialect(config.type(), config.socket()),
            new JdkConnector(clock),
            FeedTime.of(clock),
            new SecureRandom().nextLong());
    HistoryFeed history = history(config, store, clock);
    return config.name().equals(live.provider())
        ? new Feed(live, history)
        : new Feed(new NamedFeed(config.name(), live), history);
  }

  /// A venue's history alone.
  static HistoryFeed history(VenueConfig config, PostgresStore store, InstantSource clock) {
    int weight = perMinute(config.type());
    RequestBudget budget = store.requestBudget(EGRESS, _ -> weight);
    HistoryFeed history =
        history(config.type(), rest(config.type(), budget, clock), config.rest(), clock);
    return config.name().equals(dialect(config.type(), config.socket()).provider())
        ? history
        : new NamedHistory(config.name(), history);
  }

  private static VenueDialect dialect(Venue venue, URI socket) {
    return switch (venue) {
      case COINBASE -> new CoinbaseDialect(socket);
      case KRAKEN -> new KrakenDialect(socket);
      case BINANCE -> new BinanceDialect(BinanceStream.TRADE, socket);
      case BINANCE_AGG -> new BinanceDialect(BinanceStream.AGG_TRADE, socket);
    };
  }

  private static RestClient rest(Venue venue, RequestBudget budget, InstantSource clock) {
    return switch (venue) {
      case COINBASE, KRAKEN -> new HttpRestClient(budget, clock);
      case BINANCE, BINANCE_AGG -> new HttpRestClient(Binance.REST_HEADERS, budget, clock);
    };
  }

  private static HistoryFeed history(Venue venue, RestClient rest, URI base, InstantSource clock) {
    return switch (venue) {
      case COINBASE -> new CoinbaseHistory(rest, base, clock);
      case KRAKEN -> new KrakenHistory(rest, base, clock);
      case BINANCE -> new BinanceHistory(BinanceStream.TRADE, rest, base, clock);
      case BINANCE_AGG -> new BinanceHistory(BinanceStream.AGG_TRADE, rest, base, clock);
    };
  }

  /// What the venue allows one address in any minute, in its own measure.
  private static int perMinute(Venue venue) {
    return switch (venue) {
      case COINBASE -> 480;
      case KRAKEN -> 60;
      case BINANCE, BINANCE_AGG -> 6_000;
    };
  }

  static String example(Venue venue) {
    return switch (venue) {
      case COINBASE -> "BTC-USD,ETH-USD";
      case KRAKEN -> "BTC/USD,ETH/USD";
      case BINANCE, BINANCE_AGG -> "BTCUSDT,ETHUSDT";
    };
  }
}
