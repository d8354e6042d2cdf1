package dev.mdp.providers.coinbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Coinbase's products: `/products`. Thread-safe.
public final class CoinbaseInstruments implements Instruments {
  private final JsonRest rest;

  public CoinbaseInstruments(RestClient rest, URI base) {
    this.rest = new JsonRest(rest, base);
  }

  @Override
  public List<Instrument> list() {
    return rest.get("/products", Coinbase.REST_WEIGHT, (parser, _) -> read(parser));
  }

  private static List<Instrument> read(JsonParser parser) throws IOException {
    CoinbaseErrors.requireArray(parser);
    List<Instrument> products = new ArrayList<>();
    while (VenueJson.nextElement(parser, JsonToken.START_OBJECT)) {
      readProduct(parser, products);
    }
    products.sort(Comparator.comparing(Instrument::symbol));
    return products;
  }

  private static void readProduct(JsonParser parser, List<Instrument> into) throws IOException {
    String id = "";
    String status = "";
    boolean disabled = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getText();
        case "status" -> status = parser.getText();
        case "trading_disabled" -> disabled = value == JsonToken.VALUE_TRUE;
        default -> {
          // increments, currencies and the like
        }
      }
      parser.skipChildren();
    }
    if (Symbol.isCanonical(id)) {
      boolean trading = status.equals("online") && !disabled;
      boolean contradicts = status.equals("online") && disabled;
      into.add(new Instrument(new Symbol(id), trading, contradicts ? "trading disabled" : status));
    }
  }
}
