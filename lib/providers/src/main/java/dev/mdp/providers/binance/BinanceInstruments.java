package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.UnreadableException;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Binance's symbols: `/api/v3/exchangeInfo`. Thread-safe.
public final class BinanceInstruments implements Instruments {
  private static final int WEIGHT = 20;

  private final JsonRest rest;

  public BinanceInstruments(RestClient rest, URI base) {
    this.rest = new JsonRest(rest, base);
  }

  @Override
  public List<Instrument> list() {
    // without the sets of rights the answer is a third as long
    return rest.get(
        "/api/v3/exchangeInfo?showPermissionSets=false", WEIGHT, (parser, _) -> read(parser));
  }

  private static List<Instrument> read(JsonParser parser) throws IOException {
    List<Instrument> symbols = new ArrayList<>();
    String code = "";
    String message = "";
    boolean listed = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      code = name.equals("code") ? parser.getText() : code;
      message = name.equals("msg") ? parser.getText() : message;
      if (name.equals("symbols") && value == JsonToken.START_ARRAY) {
        listed = true;
        while (VenueJson.nextElement(parser, JsonToken.START_OBJECT)) {
          readSymbol(parser, symbols);
        }
      }
      parser.skipChildren();
    }
    BinanceErrors.throwIfError(code, message);
    if (!listed) {
      throw new UnreadableException("it lists no symbols");
    }
    symbols.sort(Comparator.comparing(Instrument::symbol));
    return symbols;
  }

  private static void readSymbol(JsonParser parser, List<Instrument> into) throws IOException {
    String symbol = "";
    String status = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "symbol" -> symbol = parser.getText();
        case "status" -> status = parser.getText();
        default -> {
          // precisions, filters, rights
        }
      }
      parser.skipChildren();
    }
    if (Symbol.isCanonical(symbol)) {
      into.add(new Instrument(new Symbol(symbol), status.equals("TRADING"), status));
    }
  }
}
