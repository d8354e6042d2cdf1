package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoinbaseVenueTest {
  private static final Tape TAPE =
      Tape.seeded(5).symbol("BTC-USD", 3_000).symbol("ETH-USD", 10).build();
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\",\"heartbeat\"]}";

  private final FakeVenue venue =
      new FakeVenue(
              VenueKind.COINBASE,
              TAPE,
              VenueScript.calm().life(life -> life.heartbeats(Duration.ofMillis(100))))
          .start();
  private final RestTester rest = new RestTester(venue);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void subscriptionBringsTheLastMatchItsConfirmationAndWhatFollows() throws Exception {
    venue.release("BTC-USD", 5);
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);

      Map<?, ?> last = client.nextJson();
      assertThat(last.get("type")).isEqualTo("last_match");
      assertThat(TestJson.number(last, "trade_id")).isEqualTo(5);
      Map<?, ?> confirmed = client.nextJson();
      assertThat(confirmed.get("type")).isEqualTo("subscriptions");
      assertThat(confirmed.get("channels"))
          .isEqualTo(
              List.of(
                  Map.of("name", "matches", "product_ids", List.of("BTC-USD")),
                  Map.of("name", "heartbeat", "product_ids", List.of("BTC-USD"))));
      venue.release("BTC-USD", 7);
      assertThat(next(client, "match")).isEqualTo(6);
      assertThat(next(client, "match")).isEqualTo(7);
    }
  }

  @Test
  void matchHasTheTradeAsTheTapeHasIt() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);
      client.nextJson();
      venue.release("BTC-USD", 1);

      Map<?, ?> match = client.nextLike(message -> "match".equals(message.get("type")));

      Trade trade = TAPE.trades("BTC-USD").getFirst();
      assertThat(match.keySet().toString())
          .isEqualTo(
              "[type, trade_id, maker_order_id, taker_order_id, side, size, price, product_id,"
                  + " sequence, time]");
      assertThat(Double.parseDouble(match.get("price").toString())).isEqualTo(trade.priceValue());
      assertThat(Double.parseDouble(match.get("size").toString())).isEqualTo(trade.sizeValue());
      assertThat(match.get("time")).isEqualTo(Micros.format(trade.micros()));
      assertThat(match.get("side")).isEqualTo(trade.buyerIsMaker() ? "buy" : "sell");
      assertThat(match.get("product_id")).isEqualTo("BTC-USD");
    }
  }

  @Test
  void heartbeatTellsTheHeadOfEachProduct() throws Exception {
    venue.release("BTC-USD", 9);
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);

      Map<?, ?> heartbeat = client.nextLike(message -> "heartbeat".equals(message.get("type")));

      assertThat(TestJson.number(heartbeat, "last_trade_id")).isEqualTo(9);
      assertThat(heartbeat.get("product_id")).isEqualTo("BTC-USD");
      assertThat(heartbeat.get("time").toString()).matches("\\d{4}-.*\\.\\d{6}Z");
    }
  }

  @Test
  void oneWrongProductRefusesTheWholeMessage() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"NO-USD\"],\"channels\":[\"matches\"]}");

      assertThat(client.nextJson())
          .isEqualTo(
              Map.of(
                  "type", "error",
                  "message", "Failed to subscribe",
                  "reason", "NO-USD is not a valid product"));
      venue.release("BTC-USD", 5);
      assertThat(client.isQuietFor(300)).isTrue();
    }
  }

  @Test
  void unsubscribedProductEndsAndTheRestGoesOn() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(
          "{\"type\":\"subscribe\",\"channels\":[{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\","
              + "\"ETH-USD\"]}]}");
      client.nextJson();
      client.send(
          "{\"type\":\"unsubscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}");
      assertThat(client.next())
          .isEqualTo(
              "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"matches\",\"product_ids\":"
                  + "[\"ETH-USD\"]}]}");

      venue.release("BTC-USD", 5);
      venue.release("ETH-USD", 1);

      assertThat(client.nextJson().get("product_id")).isEqualTo("ETH-USD");
    }
  }

  @Test
  void textThatIsNotASubscriptionIsAnError() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send("hello");
      assertThat(client.nextJson().get("message")).isEqualTo("Malformed JSON");
      client.send("{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"]}");
      assertThat(client.nextJson().get("reason")).isEqualTo("No channels provided");
    }
  }

  @Test
  void haltIsToldToTheStatusChannel() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]}");
      client.nextLike(message -> "status".equals(message.get("type")));

      venue.halt("ETH-USD");

      Map<?, ?> status = client.nextLike(message -> "status".equals(message.get("type")));
      assertThat(TestJson.each(status.get("products"), "trading_disabled"))
          .containsExactly(false, true);
    }
  }

  @Test
  void pagesOfTradesGoDownFromAnId() throws Exception {
    venue.releaseAll();

    HttpResponse<String> page = rest.get("/products/BTC-USD/trades?after=2001&limit=1000");
    List<Long> ids = rest.numbers("/products/BTC-USD/trades?after=2001&limit=1000", "trade_id");

    assertThat(ids).isEqualTo(down(2000, 1001));
    assertThat(page.headers().firstValue("cb-before")).hasValue("2000");
    assertThat(page.headers().firstValue("cb-after")).hasValue("1001");
    assertThat(rest.numbers("/products/BTC-USD/trades?after=1", "trade_id")).isEmpty();
    assertThat(rest.numbers("/products/BTC-USD/trades", "trade_id")).isEqualTo(down(3000, 2001));
    assertThat(rest.numbers("/products/BTC-USD/trades?before=2998", "trade_id"))
        .isEqualTo(down(3000, 2999));
    assertThat(rest.numbers("/products/BTC-USD/trades?after=11&before=8&limit=5", "trade_id"))
        .isEqualTo(down(10, 9));
  }

  @Test
  void tradeOverRestIsTheOneOfTheSocket() throws Exception {
    venue.release("BTC-USD", 1);

    Map<?, ?> row = TestJson.map(rest.list("/products/BTC-USD/trades").getFirst());

    Trade trade = TAPE.trades("BTC-USD").getFirst();
    assertThat(row.get("time")).isEqualTo(Micros.format(trade.micros()));
    assertThat(row.get("price")).isEqualTo(Amount.text(trade.price(), 8));
    assertThat(row.get("size")).isEqualTo(Amount.text(trade.size(), 8));
    assertThat(row.get("side")).isEqualTo(trade.buyerIsMaker() ? "buy" : "sell");
  }

  @Test
  void productsAndTimeAreThere() throws Exception {
    assertThat(TestJson.each(rest.list("/products"), "id")).containsExactly("BTC-USD", "ETH-USD");
    Map<?, ?> product = rest.object("/products/BTC-USD");
    assertThat(product.get("base_currency")).isEqualTo("BTC");
    assertThat(product.get("quote_currency")).isEqualTo("USD");
    Map<?, ?> time = rest.object("/time");
    assertThat(time.get("iso").toString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
    assertThat(time.get("epoch").toString()).matches("\\d{10}\\.\\d{3}");
    HttpResponse<String> unknown = rest.get("/products/NO-USD/trades");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"message\":\"NotFound\"}");
    assertThat(rest.get("/products/BTC-USD/trades?after=x").statusCode()).isEqualTo(400);
  }

  private static long next(SocketClient client, String type) throws InterruptedException {
    return TestJson.number(
        client.nextLike(message -> type.equals(message.get("type"))), "trade_id");
  }

  private static List<Long> down(long from, long to) {
    return LongStream.rangeClosed(to, from).boxed().toList().reversed();
  }
}
