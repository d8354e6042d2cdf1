package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Binance over REST: `/api/v3/ping`, `time`, `exchangeInfo`, `trades`, `historicalTrades` and
/// `aggTrades`. Thread-safe.
final class BinanceRest implements VenueRest {
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "/api/v3/ping", 1,
          "/api/v3/time", 1,
          "/api/v3/exchangeInfo", 20,
          "/api/v3/trades", 25,
          "/api/v3/historicalTrades", 25,
          "/api/v3/aggTrades", 4);

  private final Stage stage;
  private final boolean singleTrades;

  BinanceRest(Stage stage, boolean singleTrades) {
    this.stage = stage;
    this.singleTrades = singleTrades;
  }

  @Override
  public int weight(VenueRequest request) {
    return WEIGHTS.getOrDefault(request.path(), 1);
  }

  @Override
  public Answer answer(VenueRequest request) {
    boolean micros =
        request.header("X-MBX-TIME-UNIT").equalsIgnoreCase("MICROSECOND")
            && !stage.script().rest().millis;
    return switch (request.path()) {
      case "/api/v3/ping" -> Answer.json("{}");
      case "/api/v3/time" -> Answer.json("{\"serverTime\":" + now(micros) + "}");
      case "/api/v3/exchangeInfo" -> new BinanceInfo(stage.market()).answer(request, now(micros));
      case "/api/v3/trades", "/api/v3/historicalTrades", "/api/v3/aggTrades" ->
          pages(request, micros);
      default -> Answer.html(404, "404 Not Found");
    };
  }

  private long now(boolean micros) {
    return BinanceText.time(stage.clock().shownMicros(), micros);
  }

  private Answer pages(VenueRequest request, boolean micros) {
    boolean historical = request.path().endsWith("/historicalTrades");
    if (historical && !singleTrades) {
      return Answer.html(404, "404 Not Found");
    }
    String symbol = request.parameter("symbol");
    if (symbol == null) {
      return error(400, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null.");
    }
    Optional<History> history = History.of(stage, symbol);
    if (history.isEmpty()) {
      return error(400, -1121, "Invalid symbol.");
    }
    try {
      BinancePage page = BinancePage.of(request, history.get(), micros);
      return request.path().endsWith("/aggTrades") ? page.aggregates() : page.trades();
    } catch (NumberFormatException _) {
      return error(400, -1100, "Illegal characters found in a parameter.");
    }
  }

  @Override
  public Answer tooMany(Duration wait) {
    return error(
            429,
            -1003,
            "Too much request weight used; current limit is 6000 request weight per 1 MINUTE."
                + " Please use WebSocket Streams for live updates to avoid polling the API.")
        .retryAfter(wait);
  }

  @Override
  public Answer banned(Duration wait) {
    long until = stage.clock().shown().plus(wait).toEpochMilli();
    return error(
            418,
            -1003,
            "Way too much request weight used; IP banned until %d. Please use WebSocket Streams for"
                    .formatted(until)
                + " live updates to avoid bans.")
        .retryAfter(wait);
  }

  @Override
  public Answer errorInBody() {
    return error(200, -1000, "An unknown error occurred while processing the request.");
  }

  @Override
  public Answer withUsage(Answer answer, int used) {
    return answer
        .with("X-MBX-USED-WEIGHT", Integer.toString(used))
        .with("X-MBX-USED-WEIGHT-1M", Integer.toString(used));
  }

  static Answer error(int status, int code, String text) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("msg", text);
    return Answer.json(status, Json.write(error));
  }
}
