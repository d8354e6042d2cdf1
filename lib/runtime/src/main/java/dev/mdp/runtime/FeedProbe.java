package dev.mdp.runtime;

import dev.mdp.config.MdpConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.LiveFeed;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.providers.net.ConnectBudget;
import dev.mdp.providers.net.FeedTime;
import dev.mdp.providers.net.SymbolCheck;
import dev.mdp.store.PostgresStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tries a venue as a producer would use it, and publishes nothing: it needs no bus. Where the
/// database is, too, requests are taken from the budget that all processes share; without it the
/// venue gets one connection and no request. One thread.
public final class FeedProbe implements AutoCloseable {
  private static final int TURN_TRADES = 100;

  /// How much longer it waits for a message with a time than for ten trades.
  private static final Duration CLOCK_WAIT = Duration.ofSeconds(2);

  private static final Duration TURN = Duration.ofMillis(100);

  private final VenueConfig config;
  private final InstantSource clock;
  private final @Nullable PostgresStore store;
  private final String without;

  private FeedProbe(
      VenueConfig config, InstantSource clock, @Nullable PostgresStore store, String without) {
    this.config = config;
    this.clock = clock;
    this.store = store;
    this.without = without;
  }

  public static FeedProbe open(MdpConfig all, VenueConfig config, InstantSource clock) {
    PostgresStore store = Wiring.store(all, StoreMetrics.NONE, "producers test");
    try {
      store.requireMigrated();
      return new FeedProbe(config, clock, store, "");
    } catch (MdpException e) {
      store.close();
      return new FeedProbe(config, clock, null, String.valueOf(e.getMessage()));
    }
  }

  /// Why there is no budget to share, so that nothing is asked over REST; empty where there is one.
  public String withoutBudget() {
    return without;
  }

  /// The symbol to try where no one names one.
  public Symbol symbol() {
    return config.symbols().isEmpty()
        ? Symbol.of(FeedFactory.examples(config.type()).getFirst())
        : config.symbols().getFirst();
  }

  /// What the venue lists; empty where it cannot be asked. Throws what
  /// [dev.mdp.providers.net.Instruments#list] does.
  public Optional<SymbolCheck> listed() {
    return store == null
        ? Optional.empty()
        : Optional.of(ListedSymbols.of(config, FeedFactory.requests(config, store).live(), clock));
  }

  /// Connects, subscribes the symbol, and returns when ten trades have come, something is wrong, or
  /// the time is over.
  public ProbedStream stream(Symbol symbol, Duration time) {
    ProbedStream found = new ProbedStream(config.name(), symbol);
    long end = System.nanoTime() + time.toNanos();
    try (LiveFeed feed = FeedFactory.stream(config, connects(), clock)) {
      feed.subscribe(Set.of(symbol));
      while (found.failure().isEmpty() && end - System.nanoTime() > 0) {
        feed.poll(TURN_TRADES, TURN, found);
        if (found.isComplete()) {
          end = Math.min(end, System.nanoTime() + (found.hasClock() ? 0 : CLOCK_WAIT.toNanos()));
        }
      }
    } catch (MdpException e) {
      found.failed(e);
    }
    found.timeIsOver(time);
    return found;
  }

  private RequestBudget connects() {
    return store == null
        ? ConnectBudget.ofOne(FeedTime.of(clock))
        : FeedFactory.connects(config, store, clock);
  }

  /// The newest trade by the venue's history, in words. Throws what [HistoryFeed#newest] does.
  public String history(Symbol symbol) {
    if (store == null) {
      return "not asked: without the database there is no budget of requests to share";
    }
    RequestBudget budget = FeedFactory.requests(config, store).live();
    try (HistoryFeed history =
        FeedFactory.history(config, FeedFactory.rest(config.type(), budget, clock), clock)) {
      return history.newest(symbol).map(FeedProbe::words).orElse("reachable, and has no trade");
    }
  }

  private static String words(TradeMark newest) {
    return "reachable, newest trade " + newest.id() + " of " + Micros.format(newest.micros());
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
