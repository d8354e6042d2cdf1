package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KrakenVenueTest {
  private static final Tape TAPE =
      Tape.seeded(5)
          .symbol("BTC/USD", 3_000)
          .symbol("ADA/EUR", 10)
          .simultaneous("BTC/USD", 990, 1_010)
          .build();

  private FakeVenue venue = venue(script -> script);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void connectionBeginsWithTheStatus() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      Map<?, ?> status = client.nextJson();

      Map<?, ?> data = TestJson.map(TestJson.list(status.get("data")).getFirst());
      assertThat(status.get("channel")).isEqualTo("status");
      assertThat(data.get("system")).isEqualTo("online");
      assertThat(new BigInteger(data.get("connection_id").toString()))
          .isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
      venue.halt("BTC/USD");
      assertThat(client.next()).contains("\"system\":\"online\"");
      venue.halt("ADA/EUR");
      assertThat(client.next()).contains("\"system\":\"maintenance\"");
    }
  }

  @Test
  void eachSymbolIsAnsweredByItself() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.next();
      client.send(subscribe("\"BTC/USD\",\"XXX/YYY\",\"ADA/EUR\"", ",\"snapshot\":false", 7));

      Map<?, ?> first = client.nextJson();
      assertThat(first.get("method")).isEqualTo("subscribe");
      assertThat(first.get("success")).isEqualTo(true);
      assertThat(TestJson.number(first, "req_id")).isEqualTo(7);
      assertThat(first.get("result"))
          .isEqualTo(Map.of("channel", "trade", "snapshot", false, "symbol", "BTC/USD"));
      assertThat(first.get("time_in").toString()).endsWith("Z");
      Map<?, ?> refused = client.nextJson();
      assertThat(refused.get("success")).isEqualTo(false);
      assertThat(refused.get("error")).isEqualTo("Currency pair not supported XXX/YYY");
      assertThat(refused.get("symbol")).isEqualTo("XXX/YYY");
      assertThat(TestJson.at(client.nextJson(), "result", "symbol")).isEqualTo("ADA/EUR");
    }
  }

  @Test
  void tradesOfOneTimeShareAFrame() throws Exception {
    try (SocketClient client = subscribed()) {
      venue.release("BTC/USD", 1_010);

      List<Long> ids = new ArrayList<>();
      boolean several = false;
      while (ids.size() < 1_010) {
        Map<?, ?> frame = client.nextJson();
        assertThat(frame.get("type")).isEqualTo("update");
        List<?> trades = TestJson.list(frame.get("data"));
        several |= trades.size() >= 20;
        trades.forEach(trade -> ids.add(TestJson.number(TestJson.map(trade), "trade_id")));
      }

      assertThat(ids).isEqualTo(up(1, 1_010));
      assertThat(several).isTrue();
    }
  }

  @Test
  void tradeHasNumbersAndTheTakersSide() throws Exception {
    try (SocketClient client = subscribed()) {
      venue.release("BTC/USD", 1);

      Map<?, ?> trade = TestJson.map(TestJson.list(client.nextJson().get("data")).getFirst());

      Trade first = TAPE.trades("BTC/USD").getFirst();
      assertThat(trade.get("price")).isInstanceOf(BigDecimal.class);
      assertThat(((BigDecimal) trade.get("price")).doubleValue()).isEqualTo(first.priceValue());
      assertThat(((BigDecimal) trade.get("qty")).doubleValue()).isEqualTo(first.sizeValue());
      assertThat(trade.get("side")).isEqualTo(first.buyerIsMaker() ? "sell" : "buy");
      assertThat(trade.get("timestamp")).isEqualTo(Micros.format(first.micros()));
      assertThat(trade.get("symbol")).isEqualTo("BTC/USD");
    }
  }

  @Test
  void scriptFillsFramesAndTurnsThemRound() throws Exception {
    venue.close();
    venue = venue(script -> script.stream(stream -> stream.tradesPerFrame(10).newestFirst()));
    try (SocketClient client = subscribed()) {
      venue.release("BTC/USD", 20);

      assertThat(ids(client.nextJson())).isEqualTo(up(1, 10).reversed());
      assertThat(ids(client.nextJson())).isEqualTo(up(11, 20).reversed());
    }
  }

  @Test
  void snapshotHasTheLastFifty() throws Exception {
    venue.release("BTC/USD", 80);
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.next();
      client.send(subscribe("\"BTC/USD\"", "", 1));
      client.next();

      Map<?, ?> snapshot = client.nextJson();

      assertThat(snapshot.get("type")).isEqualTo("snapshot");
      assertThat(ids(snapshot)).isEqualTo(up(31, 80));
    }
  }

  @Test
  void snapshotComesUnaskedWhereTheScriptSaysSo() throws Exception {
    venue.close();
    venue = venue(script -> script.stream(StreamScript::snapshots));
    venue.release("BTC/USD", 3);
    try (SocketClient client = subscribed()) {
      assertThat(ids(client.nextJson())).isEqualTo(up(1, 3));
    }
  }

  @Test
  void heartbeatComesWhenNothingElseDoes() throws Exception {
    try (SocketClient client = subscribed()) {
      assertThat(client.next()).isEqualTo("{\"channel\":\"heartbeat\"}");
    }
  }

  @Test
  void pingIsAnsweredAndUnsubscribeConfirmed() throws Exception {
    try (SocketClient client = subscribed()) {
      client.send("{\"method\":\"ping\",\"req_id\":101}");
      Map<?, ?> pong = client.nextJson();
      assertThat(pong.get("method")).isEqualTo("pong");
      assertThat(TestJson.number(pong, "req_id")).isEqualTo(101);
      client.send(subscribe("\"BTC/USD\"", "", 1));
      assertThat(client.nextJson().get("error")).isEqualTo("Already subscribed");
      client.send(
          "{\"method\":\"unsubscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"]}}");
      assertThat(client.nextJson().get("success")).isEqualTo(true);
      venue.release("BTC/USD", 5);
      assertThat(client.isQuietFor(300)).isTrue();
    }
  }

  @Test
  void pagesGoUpByATokenOfNineteenDigits() throws Exception {
    venue.release("BTC/USD", 900);
    RestTester rest = new RestTester(venue);

    Map<?, ?> first = rest.object("/0/public/Trades?pair=XBTUSD&since=0&count=300");

    assertThat(first.get("error")).isEqualTo(List.of());
    assertThat(restIds(first)).isEqualTo(up(1, 300));
    String token = TestJson.at(first, "result", "last").toString();
    assertThat(token).hasSize(19);
    long cut = TAPE.trades("BTC/USD").get(299).nanos();
    assertThat(token).isEqualTo(Long.toString(cut));
    List<Long> after =
        TAPE.trades("BTC/USD").stream()
            .filter(trade -> trade.nanos() > cut && trade.id() <= 900)
            .map(Trade::id)
            .toList();
    Map<?, ?> second = rest.object("/0/public/Trades?pair=XXBTZUSD&since=" + token);
    assertThat(restIds(second)).isEqualTo(after);
    assertThat(restIds(rest.object("/0/public/Trades?pair=XBT/USD&count=2")))
        .isEqualTo(up(899, 900));
  }

  @Test
  void tokenMayIncludeItsOwnTime() throws Exception {
    venue.close();
    venue = venue(script -> script.rest(RestScript::inclusiveTokens));
    venue.release("BTC/USD", 100);
    long token = TAPE.trades("BTC/USD").get(49).nanos();

    Map<?, ?> page = new RestTester(venue).object("/0/public/Trades?pair=XBTUSD&since=" + token);

    List<Long> from =
        TAPE.trades("BTC/USD").stream()
            .filter(trade -> trade.nanos() >= token && trade.id() <= 100)
            .map(Trade::id)
            .toList();
    assertThat(restIds(page)).isEqualTo(from).contains(50L);
  }

  @Test
  void pageEndsBetweenTradesOfOneTimeUnlessTheScriptForbids() throws Exception {
    venue.releaseAll();
    Map<?, ?> cut = new RestTester(venue).object("/0/public/Trades?pair=XBTUSD&since=0");
    assertThat(restIds(cut)).isEqualTo(up(1, 1_000));
    String token = TestJson.at(cut, "result", "last").toString();
    Map<?, ?> next = new RestTester(venue).object("/0/public/Trades?pair=XBTUSD&since=" + token);
    assertThat(restIds(next).getFirst()).isGreaterThan(1_010);

    venue.close();
    venue = venue(script -> script.rest(RestScript::wholeTokens));
    venue.releaseAll();
    Map<?, ?> whole = new RestTester(venue).object("/0/public/Trades?pair=XBTUSD&since=0");
    assertThat(restIds(whole).getLast()).isGreaterThanOrEqualTo(1_010);
  }

  @Test
  void timesOverRestAreFloatsAndSomeAreAMicrosecondOff() throws Exception {
    venue.releaseAll();
    Map<?, ?> page = new RestTester(venue).object("/0/public/Trades?pair=XBTUSD&since=0");

    int off = 0;
    for (Object row : TestJson.list(TestJson.at(page, "result", "XXBTZUSD"))) {
      List<?> trade = TestJson.list(row);
      BigDecimal seconds = (BigDecimal) trade.get(2);
      long micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
      Trade taped =
          TAPE.trades("BTC/USD").get((int) TestJson.number(Map.of("id", trade.get(6)), "id") - 1);
      assertThat(micros).isBetween(taped.micros() - 1, taped.micros() + 1);
      assertThat(trade.get(0)).isEqualTo(Amount.text(taped.price(), 5));
      assertThat(trade.get(3)).isEqualTo(taped.buyerIsMaker() ? "s" : "b");
      off += micros == taped.micros() ? 0 : 1;
    }
    assertThat(off).isBetween(50, 400);
  }

  @Test
  void errorsComeWithStatus200() throws Exception {
    RestTester rest = new RestTester(venue);

    assertThat(rest.get("/0/public/Trades?pair=NOPE").statusCode()).isEqualTo(200);
    assertThat(rest.object("/0/public/Trades?pair=NOPE").get("error"))
        .isEqualTo(List.of("EQuery:Unknown asset pair"));
    assertThat(rest.object("/0/public/Trades?pair=XBTUSD&since=x").get("error"))
        .isEqualTo(List.of("EGeneral:Invalid arguments"));
    assertThat(rest.object("/0/public/Nothing").get("error"))
        .isEqualTo(List.of("EGeneral:Unknown method"));
  }

  @Test
  void pairsHaveTheirOldNamesAndTimeItsSeconds() throws Exception {
    RestTester rest = new RestTester(venue);

    Map<?, ?> pairs = TestJson.map(rest.object("/0/public/AssetPairs").get("result"));

    assertThat(pairs.keySet().toString()).isEqualTo("[ADAEUR, XXBTZUSD]");
    assertThat(TestJson.at(pairs, "XXBTZUSD", "wsname")).isEqualTo("XBT/USD");
    assertThat(TestJson.at(pairs, "XXBTZUSD", "altname")).isEqualTo("XBTUSD");
    assertThat(TestJson.at(pairs, "XXBTZUSD", "base")).isEqualTo("XXBT");
    assertThat(TestJson.at(pairs, "ADAEUR", "quote")).isEqualTo("ZEUR");
    Map<?, ?> time = TestJson.map(rest.object("/0/public/Time").get("result"));
    assertThat(time.get("unixtime").toString()).matches("\\d{10}");
    assertThat(time.get("rfc1123").toString()).endsWith(" +0000");
  }

  private SocketClient subscribed() throws InterruptedException {
    SocketClient client = SocketClient.of(venue.wsUri());
    client.next();
    client.send(subscribe("\"BTC/USD\"", ",\"snapshot\":false", 1));
    client.next();
    return client;
  }

  private static FakeVenue venue(UnaryOperator<VenueScript> change) {
    VenueScript script =
        VenueScript.calm().life(life -> life.heartbeats(java.time.Duration.ofMillis(900)));
    return new FakeVenue(VenueKind.KRAKEN, TAPE, change.apply(script)).start();
  }

  private static String subscribe(String symbols, String more, int id) {
    return "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[%s]%s},\"req_id\":%d}"
        .formatted(symbols, more, id);
  }

  private static List<Long> ids(Map<?, ?> frame) {
    return TestJson.list(frame.get("data")).stream()
        .map(trade -> TestJson.number(TestJson.map(trade), "trade_id"))
        .toList();
  }

  private static List<Long> restIds(Map<?, ?> page) {
    return TestJson.list(TestJson.at(page, "result", "XXBTZUSD")).stream()
        .map(row -> Long.parseLong(TestJson.list(row).get(6).toString()))
        .toList();
  }

  private static List<Long> up(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
