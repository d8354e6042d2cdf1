package dev.mdp.providers.kraken;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.PageBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// Kraken's past trades: `/0/public/Trades`, the oldest first, from a time on. Thread-safe.
///
/// Kraken cannot be asked for an id. The time of the known trade below the hole leads to it, a
/// little earlier than it was, as that time may have come from a rounded double; then ids decide.
/// Within the time of one trade pages follow each other by the token that Kraken gives with each.
/// Kraken calls tokens exclusive and treats them as inclusive: either is right here.
public final class KrakenHistory implements HistoryFeed {
  private static final int PAGE = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /// More than the error of a double of seconds and of its truncation together.
  private static final long SLACK_NANOS = 2_000;

  /// How much earlier it is asked when that did not lead to the trade below.
  private static final long[] EARLIER_NANOS = {
    1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L
  };

  /// More pages than this within the slack are none of a market.
  private static final int MAX_PAGES = 100;

  private final JsonRest rest;
  private final InstantSource clock;

  /// Owns the client and closes it.
  public KrakenHistory(RestClient rest, URI base, InstantSource clock) {
    this.rest = new JsonRest(rest, base);
    this.clock = clock;
  }

  @Override
  public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    long since = Math.max(0, below.micros() * NANOS_PER_MICRO - SLACK_NANOS);
    Reached reached = reach(symbol, since, below, above);
    return reached.fromBefore() || reached.page().isEmpty()
        ? page(reached.page(), 0)
        : beginningLater(symbol, since, reached.page(), below, above);
  }

  private static HistoryPage page(PageBuilder page, long keptFrom) {
    return page.rows() < PAGE ? page.page(keptFrom) : page.pageByTime(keptFrom);
  }

  /// @param fromBefore whether Kraken began with the trade below the hole, or before it, so that
  ///   all that it has follows
  private record Reached(PageBuilder page, boolean fromBefore) {}

  /// The first page from a time on that goes beyond the trade below the hole. Thousands of trades
  /// may share a microsecond, so that it need not be the page that begins there.
  private Reached reach(Symbol symbol, long from, TradeMark below, TradeMark above) {
    long since = from;
    boolean fromBefore = false;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      KrakenPage page = ask(symbol, since, new PageBuilder(below, above));
      PageBuilder trades = page.trades();
      fromBefore |= !trades.isEmpty() && trades.first() <= below.id() + 1;
      if (trades.last() > below.id() || trades.rows() < PAGE || page.last() < 0) {
        return new Reached(trades, fromBefore);
      }
      // One before the page's last token, as trades may share it. Where one token holds a whole
      // page there is no way to what else it holds, but past it.
      since = Math.max(page.last() - 1, since + 1);
    }
    throw new UnavailableException(
        "kraken shows more than %d pages of %s at %s and does not come to trade %d"
            .formatted(MAX_PAGES, symbol, Micros.format(below.micros()), below.id()));
  }

  /// The page begins later than asked: either Kraken keeps nothing older, which its very first
  /// trades prove, or the time of the trade below was not that by which Kraken finds it.
  private HistoryPage beginningLater(
      Symbol symbol, long since, PageBuilder page, TradeMark below, TradeMark above) {
    PageBuilder oldest = ask(symbol, 0, PageBuilder.ofAll()).trades();
    if (!oldest.isEmpty() && oldest.first() > below.id() + 1) {
      return page(page, oldest.first());
    }
    for (long nanos : EARLIER_NANOS) {
      Reached earlier = reach(symbol, Math.max(0, since - nanos), below, above);
      if (earlier.fromBefore()) {
        return page(earlier.page(), 0);
      }
    }
    return page(page, 0);
  }

  @Override
  public Optional<TradeMark> newest(Symbol symbol) {
    KrakenPage page = new KrakenPage(symbol, PageBuilder.ofAll(), Micros.of(clock.instant()));
    return rest.get(path(symbol), Kraken.REST_WEIGHT, page::read).trades().newest();
  }

  private KrakenPage ask(Symbol symbol, long since, PageBuilder into) {
    KrakenPage page = new KrakenPage(symbol, into, Micros.of(clock.instant()));
    return rest.get(path(symbol) + "&since=" + since, Kraken.REST_WEIGHT, page::read);
  }

  private static String path(Symbol symbol) {
    return "/0/public/Trades?pair="
        + JsonRest.encoded(Kraken.restPair(symbol.value()))
        + "&count="
        + PAGE;
  }

  @Override
  public void close() {
    rest.close();
  }
}
