package dev.mdp.providers.kraken;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.EpochSeconds;
import dev.mdp.providers.wire.PageBuilder;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.UnreadableException;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.util.List;

/// Reads one answer of `/0/public/Trades`: `{"error": [], "result": {"XXBTZUSD": [[price, size,
/// time, side, type, misc, id], …], "last": "1688671969993150842"}}`. The pair's key is Kraken's
/// own name for it, whatever was asked. One thread.
final class KrakenPage {
  private static final int PRICE = 0;
  private static final int SIZE = 1;
  private static final int TIME = 2;
  private static final int ID = 6;

  private final Symbol symbol;
  private final PageBuilder trades;
  private final long receivedMicros;
  private final TradeDraft trade = new TradeDraft(Kraken.PROVIDER, new SymbolTable());
  private long last = CharNumbers.NO_NUMBER;

  KrakenPage(Symbol symbol, PageBuilder trades, long receivedMicros) {
    this.symbol = symbol;
    this.trades = trades;
    this.receivedMicros = receivedMicros;
  }

  PageBuilder trades() {
    return trades;
  }

  /// The token with which the next page begins, nanoseconds since the epoch; negative when there is
  /// none.
  long last() {
    return last;
  }

  /// Throws what the answer's errors mean.
  KrakenPage read(JsonParser parser, char[] text) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableException("it is not a JSON object");
    }
    List<String> errors = List.of();
    boolean result = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("error")) {
        errors = KrakenErrors.read(parser);
      } else if (name.equals("result") && value == JsonToken.START_OBJECT) {
        result = true;
        readResult(parser, text);
      }
      parser.skipChildren();
    }
    KrakenErrors.throwIfAny(errors, Kraken.restPair(symbol.value()));
    if (!result) {
      throw new UnreadableException("it has neither a result nor an error");
    }
    return this;
  }

  private void readResult(JsonParser parser, char[] text) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("last")) {
        last = CharNumbers.whole(parser);
      } else if (value == JsonToken.START_ARRAY) {
        while (VenueJson.nextElement(parser, JsonToken.START_ARRAY)) {
          readTrade(parser, text);
        }
      }
      parser.skipChildren();
    }
  }

  private void readTrade(JsonParser parser, char[] text) throws IOException {
    int from = VenueJson.begin(parser);
    trade.begin(symbol);
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      switch (i) {
        case PRICE -> trade.price(parser);
        case SIZE -> trade.size(parser);
        case TIME -> trade.time(EpochSeconds.micros(parser));
        case ID -> trade.id(parser);
        default -> {
          // side, order type and a remark are no part of a tick
        }
      }
      parser.skipChildren();
    }
    trades.add(trade, text, from, VenueJson.endOf(parser), receivedMicros);
  }
}
