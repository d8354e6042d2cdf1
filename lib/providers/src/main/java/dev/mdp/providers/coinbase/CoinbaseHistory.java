package dev.mdp.providers.coinbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.IsoMicros;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.PageBuilder;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// Coinbase's past trades: `/products/{id}/trades`, the newest first. Thread-safe.
///
/// A page is asked for from the known trade above the hole downwards, that trade included: when the
/// page begins with it, REST has come that far, and what lies right below it in the page is all
/// there is.
public final class CoinbaseHistory implements HistoryFeed {
  private static final int PAGE = 1_000;

  private final JsonRest rest;
  private final InstantSource clock;

  /// Owns the client and closes it.
  public CoinbaseHistory(RestClient rest, URI base, InstantSource clock) {
    this.rest = new JsonRest(rest, base);
    this.clock = clock;
  }

  @Override
  public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    PageBuilder page = new PageBuilder(below, above);
    String query = "limit=" + PAGE + "&after=" + (above.id() + 1);
    ask(symbol, query, page);
    if (page.isEmpty() && isPast(symbol, above)) {
      ask(symbol, query, page); // REST may have come so far between the two
      return page.page(page.isEmpty() ? above.id() + 1 : 0);
    }
    if (page.isEmpty()
        || page.rows() >= PAGE
        || page.first() <= below.id() + 1
        || page.first() > above.id()) {
      return page.page(0);
    }
    // A page that is not full ends with the oldest trade, unless the venue gave less than it has.
    long oldest = page.first();
    ask(symbol, "limit=" + PAGE + "&after=" + oldest, page);
    return page.page(page.first() == oldest ? oldest : 0);
  }

  /// Whether REST has newer trades: then it keeps none that it does not give.
  private boolean isPast(Symbol symbol, TradeMark trade) {
    return newest(symbol).filter(newest -> newest.id() > trade.id()).isPresent();
  }

  @Override
  public Optional<TradeMark> newest(Symbol symbol) {
    PageBuilder page = PageBuilder.ofAll();
    ask(symbol, "limit=1", page);
    return page.newest();
  }

  private void ask(Symbol symbol, String query, PageBuilder into) {
    String path = "/products/" + JsonRest.encoded(symbol.value()) + "/trades?" + query;
    rest.get(path, Coinbase.REST_WEIGHT, (parser, text) -> read(symbol, parser, text, into));
  }

  private PageBuilder read(Symbol symbol, JsonParser parser, char[] text, PageBuilder into)
      throws IOException {
    CoinbaseErrors.requireArray(parser);
    long received = Micros.of(clock.instant());
    TradeDraft trade = new TradeDraft(Coinbase.PROVIDER, new SymbolTable());
    IsoMicros times = new IsoMicros();
    while (VenueJson.nextElement(parser, JsonToken.START_OBJECT)) {
      int from = VenueJson.begin(parser);
      trade.begin(symbol);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        read(name, parser, trade, times);
        parser.skipChildren();
      }
      into.add(trade, text, from, VenueJson.endOf(parser), received);
    }
    return into;
  }

  private static void read(String name, JsonParser parser, TradeDraft trade, IsoMicros times)
      throws IOException {
    switch (name) {
      case "trade_id" -> trade.id(parser);
      case "price" -> trade.price(parser);
      case "size" -> trade.size(parser);
      case "time" -> trade.time(times.parse(parser));
      default -> {
        // the side is the maker's, and no part of a tick
      }
    }
  }

  @Override
  public void close() {
    rest.close();
  }
}
