package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BinanceVenueTest {
  private static final Tape TAPE =
      Tape.seeded(5).symbol("BTCUSDT", 3_000).symbol("ETHUSDT", 50).symbol("币安人生USDT", 5).build();
  private static final String MICROS = "&timeUnit=MICROSECOND";

  private FakeVenue venue = venue(VenueScript.calm());

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void addressSubscribesAndNothingConfirmsIt() throws Exception {
    try (SocketClient client = connect("/stream?streams=btcusdt@trade/ethusdt@trade" + MICROS)) {
      venue.release("BTCUSDT", 1);
      venue.release("ETHUSDT", 1);

      Map<?, ?> event = client.nextJson();

      Trade trade = TAPE.trades("BTCUSDT").getFirst();
      assertThat(event.get("stream")).isEqualTo("btcusdt@trade");
      Map<?, ?> data = TestJson.map(event.get("data"));
      assertThat(data.keySet().toString()).isEqualTo("[e, E, s, t, p, q, T, m, M]");
      assertThat(data.get("p")).isEqualTo(Amount.text(trade.price(), 8));
      assertThat(data.get("q")).isEqualTo(Amount.text(trade.size(), 8));
      assertThat(data.get("m")).isEqualTo(trade.buyerIsMaker());
      assertThat(TestJson.number(data, "T")).isEqualTo(trade.micros());
      assertThat(data.get("E").toString()).hasSize(16);
      assertThat(client.nextJson().get("stream")).isEqualTo("ethusdt@trade");
    }
  }

  @Test
  void timesAreMillisecondsUnlessAsked() throws Exception {
    try (SocketClient client = connect("/stream?streams=btcusdt@trade")) {
      venue.release("BTCUSDT", 1);

      long time = TestJson.number(client.nextJson(), "data", "T");

      assertThat(time).isEqualTo(TAPE.trades("BTCUSDT").getFirst().micros() / 1_000);
    }
  }

  @Test
  void controlFramesCarryTheirIds() throws Exception {
    try (SocketClient client = connect("/stream")) {
      client.send(
          "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"no@trade\"],\"id\":7}");
      assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":7}");
      client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"x-1\"}");
      assertThat(client.next())
          .isEqualTo("{\"result\":[\"btcusdt@trade\",\"no@trade\"],\"id\":\"x-1\"}");
      venue.release("BTCUSDT", 1);
      assertThat(client.next()).contains("\"t\":1,");
      client.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":8}");
      assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":8}");
      venue.release("BTCUSDT", 3);
      assertThat(client.isQuietFor(200)).isTrue();
      client.send("{\"method\":\"DANCE\",\"id\":9}");
      assertThat(client.next()).contains("\"code\":2").contains("`DANCE`").endsWith("\"id\":9}");
      client.send("{");
      assertThat(client.next()).startsWith("{\"code\":3,");
    }
  }

  @Test
  void oneRefusedStreamRefusesTheWholeMessage() throws Exception {
    venue.close();
    venue = venue(VenueScript.calm().stream(stream -> stream.refuse("ETHUSDT")));
    try (SocketClient client = connect("/stream")) {
      client.send(
          "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"ethusdt@trade\"],\"id\":4}");
      assertThat(client.next())
          .isEqualTo(
              "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},\"id\":4}");
      venue.release("BTCUSDT", 1);
      assertThat(client.isQuietFor(200)).isTrue();
      client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":5}");
      assertThat(client.next()).isEqualTo("{\"result\":null,\"id\":5}");
      venue.release("BTCUSDT", 2);
      assertThat(client.next()).contains("\"t\":2,");
    }
  }

  @Test
  void messageThatIsTooLongIsNotAnswered() throws Exception {
    try (SocketClient client = connect("/stream")) {
      String params = "\"btcusdt@trade\",".repeat(300) + "\"ethusdt@trade\"";
      client.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + params + "],\"id\":1}");
      venue.release("BTCUSDT", 1);

      assertThat(client.isQuietFor(300)).isTrue();
    }
  }

  @Test
  void rawStreamHasNoEnvelope() throws Exception {
    try (SocketClient client = connect("/ws/btcusdt@trade")) {
      venue.release("BTCUSDT", 1);

      assertThat(client.nextJson().get("e")).isEqualTo("trade");
    }
  }

  @Test
  void symbolOutsideOfAsciiHasItsStream() throws Exception {
    try (SocketClient client =
        connect("/stream?streams=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9Fusdt@trade")) {
      venue.release("币安人生USDT", 1);

      assertThat(TestJson.at(client.nextJson(), "data", "s")).isEqualTo("币安人生USDT");
    }
  }

  @Test
  void upperCaseNamesAStreamWithoutData() throws Exception {
    try (SocketClient client = connect("/stream?streams=BTCUSDT@trade")) {
      venue.release("BTCUSDT", 5);

      assertThat(client.isQuietFor(200)).isTrue();
    }
  }

  @Test
  void aggregateComesWithTheLastOfItsTrades() throws Exception {
    List<Aggregate> aggregates = TAPE.aggregates("BTCUSDT");
    int wide = 0;
    while (aggregates.get(wide).firstId() == aggregates.get(wide).lastId()) {
      wide++;
    }
    Aggregate wanted = aggregates.get(wide);
    try (SocketClient client = connect("/stream?streams=btcusdt@aggTrade" + MICROS)) {
      venue.release("BTCUSDT", wanted.lastId() - 1);
      client.nextJson(wide);
      assertThat(client.isQuietFor(100)).isTrue();
      venue.release("BTCUSDT", wanted.lastId());

      Map<?, ?> data = TestJson.map(client.nextJson().get("data"));

      assertThat(data.keySet().toString()).isEqualTo("[e, E, s, a, p, f, l, q, T, m, M]");
      assertThat(TestJson.number(data, "a")).isEqualTo(wanted.id());
      assertThat(TestJson.number(data, "f")).isEqualTo(wanted.firstId());
      assertThat(TestJson.number(data, "l")).isEqualTo(wanted.lastId());
      assertThat(data.get("q")).isEqualTo(Amount.text(wanted.size(), 8));
    }
  }

  @Test
  void blockTradesAreMixedIn() throws Exception {
    venue.close();
    venue = venue(VenueScript.calm().stream(stream -> stream.blockTradesEvery(2)));
    try (SocketClient client = connect("/stream?streams=btcusdt@trade")) {
      venue.release("BTCUSDT", 4);

      assertThat(TestJson.each(client.nextJson(6), "stream"))
          .containsExactly(
              "btcusdt@trade",
              "btcusdt@trade",
              "btcusdt@blockTrade",
              "btcusdt@trade",
              "btcusdt@trade",
              "btcusdt@blockTrade");
    }
  }

  @Test
  void shutdownIsAnnouncedBeforeTheEnd() throws Exception {
    try (SocketClient client = connect("/stream?streams=btcusdt@trade")) {
      venue.release("BTCUSDT", 1);
      client.next();
      venue.inject(Fault.shutdown(Duration.ofMillis(300)));

      assertThat(TestJson.at(client.nextJson(), "data", "e")).isEqualTo("serverShutdown");
      venue.release("BTCUSDT", 2);
      assertThat(client.next()).contains("\"t\":2,");
      assertThat(client.end()).isEqualTo("1001 Going away");
    }
  }

  @Test
  void mixedUnitsAlternate() throws Exception {
    venue.close();
    venue = venue(VenueScript.calm().stream(stream -> stream.times(StreamScript.Times.MIXED)));
    try (SocketClient client = connect("/stream?streams=btcusdt@trade" + MICROS)) {
      venue.release("BTCUSDT", 2);

      int first = TestJson.at(client.nextJson(), "data", "T").toString().length();
      int second = TestJson.at(client.nextJson(), "data", "T").toString().length();

      assertThat(List.of(first, second)).containsExactlyInAnyOrder(13, 16);
    }
  }

  @Test
  void historicalTradesGoUpFromAnId() throws Exception {
    venue.releaseAll();
    RestTester rest = new RestTester(venue);
    String page = "/api/v3/historicalTrades?symbol=BTCUSDT";

    assertThat(rest.numbers(page + "&fromId=500&limit=1000", "id")).isEqualTo(up(500, 1_499));
    assertThat(rest.numbers(page + "&fromId=2999", "id")).isEqualTo(up(2_999, 3_000));
    assertThat(rest.numbers(page, "id")).isEqualTo(up(2_501, 3_000));
    assertThat(rest.numbers(page + "&fromId=9999", "id")).isEmpty();
    Trade trade = TAPE.trades("BTCUSDT").get(6);
    Map<?, ?> row = TestJson.map(rest.list(page + "&fromId=7").getFirst());
    assertThat(row.keySet().toString())
        .isEqualTo("[id, price, qty, quoteQty, time, isBuyerMaker, isBestMatch]");
    assertThat(TestJson.number(row, "time")).isEqualTo(trade.micros() / 1_000);
    Map<?, ?> inMicros =
        TestJson.map(rest.list(page + "&fromId=7", "X-MBX-TIME-UNIT", "MICROSECOND").getFirst());
    assertThat(TestJson.number(inMicros, "time")).isEqualTo(trade.micros());
  }

  @Test
  void aggregatesGoUpFromTheirOwnIds() throws Exception {
    venue.releaseAll();
    List<Aggregate> aggregates = TAPE.aggregates("BTCUSDT");

    List<?> rows = new RestTester(venue).list("/api/v3/aggTrades?symbol=BTCUSDT&fromId=11&limit=3");

    assertThat(rows)
        .extracting(row -> TestJson.number(TestJson.map(row), "a"))
        .containsExactly(11L, 12L, 13L);
    Map<?, ?> row = TestJson.map(rows.getFirst());
    assertThat(TestJson.number(row, "l")).isEqualTo(aggregates.get(10).lastId());
    assertThat(row.get("q")).isEqualTo(Amount.text(aggregates.get(10).size(), 8));
  }

  @Test
  void hostForMarketDataHasNoSingleTrades() throws Exception {
    try (FakeVenue other = new FakeVenue(VenueKind.BINANCE_AGG, TAPE, VenueScript.calm()).start()) {
      RestTester rest = new RestTester(other);

      assertThat(rest.get("/api/v3/historicalTrades?symbol=BTCUSDT").statusCode()).isEqualTo(404);
      assertThat(rest.get("/api/v3/aggTrades?symbol=BTCUSDT").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void weightIsToldAndErrorsHaveCodes() throws Exception {
    RestTester rest = new RestTester(venue);

    rest.get("/api/v3/historicalTrades?symbol=BTCUSDT");
    HttpResponse<String> time = rest.get("/api/v3/time");

    assertThat(time.headers().firstValue("x-mbx-used-weight-1m")).hasValue("26");
    long shown = TestJson.number(TestJson.object(time.body()), "serverTime");
    assertThat(Instant.ofEpochMilli(shown))
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    HttpResponse<String> unknown = rest.get("/api/v3/trades?symbol=NOPE");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).isEqualTo("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
    assertThat(rest.object("/api/v3/trades").get("code").toString()).isEqualTo("-1102");
    assertThat(rest.object("/api/v3/trades?symbol=BTCUSDT&fromId=x").get("code").toString())
        .isEqualTo("-1100");
  }

  @Test
  void symbolsAreListedWithTheirStatus() throws Exception {
    venue.halt("ETHUSDT");

    Map<?, ?> info = new RestTester(venue).object("/api/v3/exchangeInfo");

    assertThat(TestJson.each(info.get("symbols"), "status"))
        .containsExactly("TRADING", "HALT", "TRADING");
    Map<?, ?> one = new RestTester(venue).object("/api/v3/exchangeInfo?symbol=BTCUSDT");
    assertThat(TestJson.each(one.get("symbols"), "baseAsset")).containsExactly("BTC");
    assertThat(new RestTester(venue).get("/api/v3/exchangeInfo?symbol=NOPE").statusCode())
        .isEqualTo(400);
  }

  private SocketClient connect(String target) {
    return SocketClient.of(URI.create(venue.wsUri() + target));
  }

  private static FakeVenue venue(VenueScript script) {
    return new FakeVenue(VenueKind.BINANCE, TAPE, script).start();
  }

  private static List<Long> up(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
