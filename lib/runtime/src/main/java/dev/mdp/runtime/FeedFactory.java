package dev.mdp.runtime;

import dev.mdp.config.Venue;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.RequestBudgets;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.providers.binance.Binance;
import dev.mdp.providers.binance.BinanceDialect;
import dev.mdp.providers.binance.BinanceHistory;
import dev.mdp.providers.binance.BinanceInstruments;
import dev.mdp.providers.binance.BinanceStream;
import dev.mdp.providers.coinbase.CoinbaseDialect;
import dev.mdp.providers.coinbase.CoinbaseHistory;
import dev.mdp.providers.coinbase.CoinbaseInstruments;
import dev.mdp.providers.kraken.KrakenDialect;
import dev.mdp.providers.kraken.KrakenHistory;
import dev.mdp.providers.kraken.KrakenInstruments;
import dev.mdp.providers.net.ConnectBudget;
import dev.mdp.providers.net.FeedTime;
import dev.mdp.providers.net.HttpRestClient;
import dev.mdp.providers.net.Instruments;
import dev.mdp.providers.net.JdkConnector;
import dev.mdp.providers.net.LiveFirstHistory;
import dev.mdp.providers.net.NamedFeed;
import dev.mdp.providers.net.NamedHistory;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.net.SocketFeed;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.providers.net.VenueLimits;
import dev.mdp.store.PostgresStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The feeds as the configuration describes them.
final class FeedFactory {
  /// By which name all processes that share an address ask a venue.
  private static final String EGRESS = "default";

  private FeedFactory() {}

  /// A venue's stream and its history.
  record Feed(LiveFeed live, HistoryFeed history) {}

  static Feed open(VenueConfig config, PostgresStore store, InstantSource clock) {
    return new Feed(
        stream(config, connects(config, store, clock), clock), history(config, store, clock));
  }

  /// A venue's history alone.
  static HistoryFeed history(VenueConfig config, PostgresStore store, InstantSource clock) {
    RequestBudgets budgets = requests(config, store);
    HistoryFeed history =
        new LiveFirstHistory(
            history(config, rest(config.type(), budgets.live(), clock), clock),
            history(config, rest(config.type(), budgets.refill(), clock), clock));
    return config.name().equals(config.type().word())
        ? history
        : new NamedHistory(config.name(), history);
  }

  /// The venue's stream.
  ///
  /// @param connects what each connection takes 1 of
  static LiveFeed stream(VenueConfig config, RequestBudget connects, InstantSource clock) {
    LiveFeed live =
        new SocketFeed(
            dialect(config),
            new JdkConnector(clock),
            connects,
            FeedTime.of(clock),
            new SecureRandom().nextLong());
    return config.name().equals(live.provider()) ? live : new NamedFeed(config.name(), live);
  }

  /// What connections are taken from, as all processes on this database share it.
  static RequestBudget connects(VenueConfig config, PostgresStore store, InstantSource clock) {
    VenueLimits limits = dialect(config).limits();
    RequestLimit limit = new RequestLimit(limits.connects(), limits.connectWindow());
    return new ConnectBudget(
        store.requestBudgets(EGRESS, _ -> limit).live(), ConnectBudget.ofOne(FeedTime.of(clock)));
  }

  /// What requests are taken from, as all processes on this database share it.
  static RequestBudgets requests(VenueConfig config, PostgresStore store) {
    RequestLimit limit = limit(config.type());
    return store.requestBudgets(EGRESS, _ -> limit);
  }

  /// The venue's list of symbols.
  ///
  /// @param rest asks for it
  static Instruments instruments(VenueConfig config, RestClient rest) {
    return switch (config.type()) {
      case COINBASE -> new CoinbaseInstruments(rest, config.rest());
      case KRAKEN -> new KrakenInstruments(rest, config.rest());
      case BINANCE, BINANCE_AGG -> new BinanceInstruments(rest, config.rest());
    };
  }

  private static VenueDialect dialect(VenueConfig config) {
    URI socket = config.socket();
    return switch (config.type()) {
      case COINBASE -> new CoinbaseDialect(socket);
      case KRAKEN -> new KrakenDialect(socket);
      case BINANCE -> new BinanceDialect(BinanceStream.TRADE, socket);
      case BINANCE_AGG -> new BinanceDialect(BinanceStream.AGG_TRADE, socket);
    };
  }

  static RestClient rest(Venue venue, RequestBudget budget, InstantSource clock) {
    return switch (venue) {
      case COINBASE, KRAKEN -> new HttpRestClient(budget, clock);
      case BINANCE, BINANCE_AGG -> new HttpRestClient(Binance.REST_HEADERS, budget, clock);
    };
  }

  /// Owns the client and closes it.
  static HistoryFeed history(VenueConfig config, RestClient rest, InstantSource clock) {
    URI base = config.rest();
    return switch (config.type()) {
      case COINBASE -> new CoinbaseHistory(rest, base, clock);
      case KRAKEN -> new KrakenHistory(rest, base, clock);
      case BINANCE -> new BinanceHistory(BinanceStream.TRADE, rest, base, clock);
      case BINANCE_AGG -> new BinanceHistory(BinanceStream.AGG_TRADE, rest, base, clock);
    };
  }

  /// What the venue allows one address, in its own measure.
  private static RequestLimit limit(Venue venue) {
    return switch (venue) {
      case COINBASE -> new RequestLimit(480, Duration.ofMinutes(1));
      case KRAKEN -> new RequestLimit(60, Duration.ofMinutes(1));
      case BINANCE, BINANCE_AGG -> new RequestLimit(6_000, Duration.ofMinutes(1));
    };
  }

  /// Symbols that the venue has, as it writes them.
  static List<String> examples(Venue venue) {
    return switch (venue) {
      case COINBASE -> List.of("BTC-USD", "ETH-USD");
      case KRAKEN -> List.of("BTC/USD", "ETH/USD");
      case BINANCE, BINANCE_AGG -> List.of("BTCUSDT", "ETHUSDT");
    };
  }
}
