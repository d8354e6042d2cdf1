package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Coinbase over REST: `/time`, `/products`, `/products/ID`, `/products/ID/trades` by `after`,
/// `before` and `limit`, newest first. Thread-safe.
final class CoinbaseRest implements VenueRest {
  private static final String PRODUCTS = "/products/";
  private static final String TRADES = "/trades";
  private static final int PAGE = 1_000;

  private final Stage stage;

  CoinbaseRest(Stage stage) {
    this.stage = stage;
  }

  @Override
  public int weight(VenueRequest request) {
    return 1;
  }

  @Override
  public Answer answer(VenueRequest request) {
    String path = VenueRequest.decoded(request.path());
    if (request.header("User-Agent").isEmpty()) {
      return message(400, "User-Agent header is required.");
    }
    if (path.equals("/time")) {
      return time();
    }
    if (path.equals("/products")) {
      return Answer.json(CoinbaseProducts.toJson(stage.market()));
    }
    if (path.startsWith(PRODUCTS) && path.endsWith(TRADES)) {
      String product = path.substring(PRODUCTS.length(), path.length() - TRADES.length());
      return History.of(stage, product)
          .map(history -> trades(request, history))
          .orElseGet(() -> message(404, "NotFound"));
    }
    if (path.startsWith(PRODUCTS)) {
      return stage
          .market()
          .listing(path.substring(PRODUCTS.length()))
          .map(listing -> Answer.of(CoinbaseProducts.toMap(stage.market(), listing)))
          .orElseGet(() -> message(404, "NotFound"));
    }
    return message(404, "Route not found");
  }

  private Answer time() {
    Instant now = stage.clock().shown();
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("iso", CoinbaseText.time(now.toEpochMilli() * 1_000, true));
    time.put("epoch", BigDecimal.valueOf(now.toEpochMilli(), 3));
    return Answer.of(time);
  }

  /// `after` is the id above the page, `before` the one below it; with `before` too the page is the
  /// newest one.
  private Answer trades(VenueRequest request, History history) {
    OptionalLong after;
    OptionalLong before;
    long limit;
    try {
      after = request.number("after");
      before = request.number("before");
      limit = request.number("limit").orElse(PAGE);
    } catch (NumberFormatException _) {
      return message(400, "invalid pagination");
    }
    if (limit <= 0) {
      return message(400, "invalid limit");
    }
    int end = after.isPresent() ? history.indexFrom(after.getAsLong()) : history.to();
    int start = before.isPresent() ? history.indexFrom(before.getAsLong() + 1) : history.from();
    start = Math.max(start, end - (int) Math.min(limit, PAGE));
    return page(history, start, end);
  }

  private Answer page(History history, int start, int end) {
    StringBuilder out = new StringBuilder(64 + Math.max(0, end - start) * 140).append('[');
    for (int i = end - 1; i >= start; i--) {
      CoinbaseText.append(out, history.trade(i), stage.script().rest().millis);
      out.append(i > start ? "," : "");
    }
    Answer page = Answer.json(out.append(']').toString());
    return start >= end
        ? page
        : page.with("CB-BEFORE", Long.toString(history.series().id(end - 1)))
            .with("CB-AFTER", Long.toString(history.series().id(start)));
  }

  @Override
  public Answer tooMany(Duration wait) {
    return message(429, "Public rate limit exceeded").retryAfter(wait);
  }

  @Override
  public Answer banned(Duration wait) {
    return message(418, "Forbidden").retryAfter(wait);
  }

  @Override
  public Answer errorInBody() {
    return message(200, "Internal server error");
  }

  @Override
  public Answer withUsage(Answer answer, int used) {
    return answer;
  }

  private static Answer message(int status, String text) {
    return Answer.json(status, Json.write(Map.of("message", text)));
  }
}
