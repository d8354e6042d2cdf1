package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.HistoryFeed;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.PageBuilder;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// Binance's past trades by id, the oldest first. Thread-safe.
///
/// A page is asked for from the known trade below the hole on, that trade included: Binance answers
/// for ids that it does not keep with later ones and without an error, and only the first id of the
/// page tells.
public final class BinanceHistory implements HistoryFeed {
  private static final int PAGE = 1_000;

  private final BinanceStream stream;
  private final JsonRest rest;
  private final InstantSource clock;

  /// Owns the client and closes it.
  ///
  /// @param rest sends [Binance#REST_HEADERS] with every request
  public BinanceHistory(BinanceStream stream, RestClient rest, URI base, InstantSource clock) {
    this.stream = stream;
    this.rest = new JsonRest(rest, base);
    this.clock = clock;
  }

  @Override
  public HistoryPage page(Symbol symbol, TradeMark below, TradeMark above) {
    PageBuilder page =
        ask(symbol, "&limit=" + PAGE + "&fromId=" + below.id(), new PageBuilder(below, above));
    boolean beginsLater = !page.isEmpty() && page.first() > below.id() + 1;
    return page.page(beginsLater ? page.first() : 0);
  }

  @Override
  public Optional<TradeMark> newest(Symbol symbol) {
    return ask(symbol, "&limit=1", PageBuilder.ofAll()).newest();
  }

  private PageBuilder ask(Symbol symbol, String query, PageBuilder into) {
    String path = stream.restPath + "?symbol=" + JsonRest.encoded(symbol.value()) + query;
    return rest.get(path, stream.restWeight, (parser, text) -> read(symbol, parser, text, into));
  }

  private PageBuilder read(Symbol symbol, JsonParser parser, char[] text, PageBuilder into)
      throws IOException {
    BinanceErrors.requireArray(parser);
    long received = Micros.of(clock.instant());
    TradeDraft trade = new TradeDraft(stream.provider, new SymbolTable());
    while (VenueJson.nextElement(parser, JsonToken.START_OBJECT)) {
      int from = VenueJson.begin(parser);
      trade.begin(symbol);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        read(name, parser, trade);
        parser.skipChildren();
      }
      into.add(trade, text, from, VenueJson.endOf(parser), received);
    }
    return into;
  }

  private void read(String name, JsonParser parser, TradeDraft trade) throws IOException {
    if (name.equals(stream.restId)) {
      trade.id(parser);
    } else if (name.equals(stream.restPrice)) {
      trade.price(parser);
    } else if (name.equals(stream.restSize)) {
      trade.size(parser);
    } else if (name.equals(stream.restTime)) {
      trade.time(Binance.micros(parser));
    }
  }

  @Override
  public void close() {
    rest.close();
  }
}
