package dev.mdp.bench.venue;

import dev.mdp.core.event.Micros;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.TapeBuilder;
import dev.mdp.testkit.venue.Trade;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A double of a venue whose market trades in real time: each trade of its tape is streamed at its
/// time. One thread, besides its own.
public final class LiveVenue implements AutoCloseable {
  private static final long EVERY_NANOS = 10_000_000;

  private final VenueKind kind;
  private final String host;
  private final List<String> symbols;
  private final Tape tape;
  private final FakeVenue venue;
  private final List<Released> released = new ArrayList<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Thread market;
  private volatile boolean ended;

  /// How far a symbol's trades are public.
  private static final class Released {
    final String symbol;
    final List<Trade> trades;
    int count;

    Released(String symbol, List<Trade> trades) {
      this.symbol = symbol;
      this.trades = trades;
    }
  }

  /// @param host by which clients reach it; budgets of requests are kept by host
  /// @param rate trades a second of all symbols together
  /// @param past for how long it has traded already
  /// @param length how long the market trades from now on
  public LiveVenue(
      VenueKind kind,
      String host,
      List<String> symbols,
      long seed,
      int rate,
      Duration past,
      Duration length) {
    this.kind = kind;
    this.host = host;
    this.symbols = List.copyOf(symbols);
    this.tape = tape(symbols, seed, rate, past, length);
    this.venue = new FakeVenue(kind, tape, script(kind)).start();
    symbols.forEach(symbol -> released.add(new Released(symbol, tape.trades(symbol))));
    this.market = Thread.ofPlatform().daemon().name("market-" + provider()).unstarted(this::trade);
  }

  /// From here on its market trades.
  public LiveVenue open() {
    market.start();
    return this;
  }

  private static Tape tape(
      List<String> symbols, long seed, int rate, Duration past, Duration length) {
    long spacing = 1_000_000_000L * symbols.size() / rate;
    // Of a taker's trades three in ten have the time of the one before.
    TapeBuilder tape =
        Tape.seeded(seed)
            .startingAt(Instant.now().minus(past))
            .spacing(Duration.ofNanos(spacing * 10 / 7));
    int trades = (int) (past.plus(length).toSeconds() * rate / symbols.size());
    symbols.forEach(symbol -> tape.symbol(symbol, trades));
    return tape.build();
  }

  /// Binance shows that it lives often enough for a silence to be noticed within seconds, and gives
  /// no more of its history than the real one.
  private static VenueScript script(VenueKind kind) {
    VenueScript calm = VenueScript.calm();
    return kind == VenueKind.BINANCE
        ? calm.life(life -> life.pings(Duration.ofSeconds(2)))
            .rest(rest -> rest.weightLimit(6_000, Duration.ofMinutes(1), 10))
        : calm;
  }

  public String provider() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// As the venue and the tables name them.
  public List<String> symbols() {
    return symbols;
  }

  public FakeVenue venue() {
    return venue;
  }

  /// The trades of a symbol that were made public.
  public List<Trade> trades(String symbol) {
    return tape.trades(symbol).subList(0, (int) head(symbol));
  }

  /// The newest id of a symbol that was made public; ids count from 1.
  public long head(String symbol) {
    return venue.head(symbol);
  }

  /// Whether all symbols can still trade.
  public boolean isTrading() {
    return symbols.stream().allMatch(symbol -> head(symbol) < tape.trades(symbol).size());
  }

  /// No trade of the symbol is made public from now on, or they all are that were meanwhile.
  public void hold(String symbol, boolean lasts) {
    if (lasts) {
      held.add(symbol);
    } else {
      held.remove(symbol);
    }
  }

  /// Its section of the workers' configuration.
  public String configuration() {
    return "  %s: { symbols: [%s], socket_url: \"%s\", rest_url: \"%s\" }%n"
        .formatted(
            provider(),
            symbols.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", ")),
            reached(venue.wsUri()),
            reached(venue.restUri()));
  }

  /// The address of one of its interfaces, as clients have it.
  public String reached(URI uri) {
    return uri.toString().replace("127.0.0.1", host);
  }

  /// From here on no trade is made any more.
  public void end() {
    ended = true;
    try {
      market.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void trade() {
    while (!ended) {
      long now = Micros.of(Instant.now());
      for (Released each : released) {
        if (!held.contains(each.symbol)) {
          release(each, now);
        }
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private void release(Released symbol, long nowMicros) {
    int before = symbol.count;
    while (symbol.count < symbol.trades.size()
        && symbol.trades.get(symbol.count).micros() <= nowMicros) {
      symbol.count++;
    }
    if (symbol.count > before) {
      venue.release(symbol.symbol, symbol.count);
    }
  }

  @Override
  public void close() {
    end();
    venue.close();
  }
}
