package dev.mdp.cli.scenario;

import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.RequestBudgets;
import dev.mdp.core.feed.RequestLimit;
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
import dev.mdp.providers.net.LiveFirstHistory;
import dev.mdp.providers.net.NamedFeed;
import dev.mdp.providers.net.NamedHistory;
import dev.mdp.providers.net.SocketFeed;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.store.PostgresStore;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.VenueKind;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/// Connections to a fake venue as a process has them. Thread-safe.
record VenueConnections(FakeVenue venue, PostgresStore store) {
  /// How many messages a connection may send in a second.
  static int messagesPerSecond(VenueKind kind) {
    return dialect(kind, URI.create("ws://venue")).limits().messages();
  }

  static int connects(VenueKind kind) {
    return dialect(kind, URI.create("ws://venue")).limits().connects();
  }

  static Duration connectWindow(VenueKind kind) {
    return dialect(kind, URI.create("ws://venue")).limits().connectWindow();
  }

  /// What the venue allows one address in a minute, in its own measure.
  static int weightPerMinute(VenueKind kind) {
    return switch (kind) {
      case COINBASE -> 480;
      case KRAKEN -> 60;
      case BINANCE, BINANCE_AGG -> 6_000;
    };
  }

  LiveFeed live(HostilePlan plan, InstantSource clock) {
    return new NamedFeed(
        plan.provider(),
        new SocketFeed(
            dialect(plan.kind(), venue.wsUri()),
            new JdkConnector(clock),
            FeedTime.of(clock),
            System.nanoTime()));
  }

  HistoryFeed history(HostilePlan plan, InstantSource clock) {
    return new NamedHistory(plan.provider(), history(plan.kind(), clock));
  }

  private static VenueDialect dialect(VenueKind kind, URI socket) {
    return switch (kind) {
      case COINBASE -> new CoinbaseDialect(socket);
      case KRAKEN -> new KrakenDialect(socket);
      case BINANCE -> new BinanceDialect(BinanceStream.TRADE, socket);
      case BINANCE_AGG -> new BinanceDialect(BinanceStream.AGG_TRADE, socket);
    };
  }

  private HistoryFeed history(VenueKind kind, InstantSource clock) {
    RequestLimit limit = new RequestLimit(weightPerMinute(kind), Duration.ofMinutes(1));
    RequestBudgets budgets = store.requestBudgets("default", _ -> limit);
    return new LiveFirstHistory(
        history(kind, budgets.live(), clock), history(kind, budgets.refill(), clock));
  }

  private HistoryFeed history(VenueKind kind, RequestBudget budget, InstantSource clock) {
    URI rest = venue.restUri();
    return switch (kind) {
      case COINBASE -> new CoinbaseHistory(new HttpRestClient(budget, clock), rest, clock);
      case KRAKEN -> new KrakenHistory(new HttpRestClient(budget, clock), rest, clock);
      case BINANCE -> binance(BinanceStream.TRADE, budget, clock);
      case BINANCE_AGG -> binance(BinanceStream.AGG_TRADE, budget, clock);
    };
  }

  private HistoryFeed binance(BinanceStream stream, RequestBudget budget, InstantSource clock) {
    return new BinanceHistory(
        stream, new HttpRestClient(Binance.REST_HEADERS, budget, clock), venue.restUri(), clock);
  }
}
