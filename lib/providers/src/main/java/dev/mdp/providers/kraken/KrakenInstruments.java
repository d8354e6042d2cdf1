package dev.mdp.providers.kraken;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Instruments;
import dev.mdp.providers.net.RestClient;
import dev.mdp.providers.wire.JsonRest;
import dev.mdp.providers.wire.UnreadableException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Kraken's pairs: `/0/public/AssetPairs`. Those without a name for sockets (dark pools) cannot be
/// subscribed and are left out. Thread-safe.
public final class KrakenInstruments implements Instruments {
  private final JsonRest rest;

  public KrakenInstruments(RestClient rest, URI base) {
    this.rest = new JsonRest(rest, base);
  }

  @Override
  public List<Instrument> list() {
    return rest.get("/0/public/AssetPairs", Kraken.REST_WEIGHT, (parser, _) -> read(parser));
  }

  private static List<Instrument> read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UnreadableException("it is not a JSON object");
    }
    List<String> errors = List.of();
    List<Instrument> pairs = new ArrayList<>();
    boolean result = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("error")) {
        errors = KrakenErrors.read(parser);
      } else if (name.equals("result") && value == JsonToken.START_OBJECT) {
        result = true;
        readPairs(parser, pairs);
      }
      parser.skipChildren();
    }
    KrakenErrors.throwIfAny(errors, "");
    if (!result) {
      throw new UnreadableException("it has neither a result nor an error");
    }
    pairs.sort(Comparator.comparing(Instrument::symbol));
    return pairs;
  }

  private static void readPairs(JsonParser parser, List<Instrument> into) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readPair(parser, into);
      }
      parser.skipChildren();
    }
  }

  private static void readPair(JsonParser parser, List<Instrument> into) throws IOException {
    String listed = "";
    String status = "online";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "wsname" -> listed = parser.getText();
        case "status" -> status = parser.getText();
        default -> {
          // decimals, fees, margins
        }
      }
      parser.skipChildren();
    }
    String symbol = Kraken.socketPair(listed);
    if (Symbol.isCanonical(symbol)) {
      into.add(new Instrument(new Symbol(symbol), isTrading(status), status));
    }
  }

  /// In all other states, as `cancel_only`, `post_only` or `maintenance`, no orders meet.
  private static boolean isTrading(String status) {
    return status.equals("online") || status.equals("limit_only") || status.equals("reduce_only");
  }
}
