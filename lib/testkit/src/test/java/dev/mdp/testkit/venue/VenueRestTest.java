package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong over REST.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VenueRestTest {
  private static final Tape TAPE = Tape.seeded(1).symbol("BTCUSDT", 3_000).build();
  private static final Tape COINBASE = Tape.seeded(1).symbol("BTC-USD", 3_000).build();
  private static final Tape KRAKEN = Tape.seeded(1).symbol("BTC/USD", 3_000).build();
  private static final String TRADES = "/api/v3/historicalTrades?symbol=BTCUSDT&limit=3";
  private static final String PRODUCT = "/products/BTC-USD/trades?limit=3";

  private FakeVenue venue = restart(VenueKind.BINANCE, rest -> rest);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void newestTradesShowOnlyAfterTheLag() throws Exception {
    restart(VenueKind.BINANCE, rest -> rest.lag(Duration.ofMillis(400)));
    venue.release("BTCUSDT", 5);
    long start = System.nanoTime();

    assertThat(client().numbers(TRADES, "id")).isEmpty();
    while (client().numbers(TRADES, "id").isEmpty()) {
      Thread.sleep(20);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(380));
    assertThat(client().numbers(TRADES, "id")).containsExactly(3L, 4L, 5L);
  }

  @Test
  void pageBeginsLaterThanAskedWhereOldTradesAreGone() throws Exception {
    restart(VenueKind.BINANCE, rest -> rest.keptFrom("BTCUSDT", 1_000));
    venue.releaseAll();

    assertThat(client().numbers(TRADES + "&fromId=1", "id"))
        .containsExactly(1_000L, 1_001L, 1_002L);
    Map<?, ?> first =
        TestJson.map(client().list("/api/v3/aggTrades?symbol=BTCUSDT&fromId=1").getFirst());
    assertThat(TestJson.number(first, "f")).isGreaterThanOrEqualTo(1_000);
    restart(VenueKind.COINBASE, rest -> rest.keptFrom("BTC-USD", 1_000));
    venue.releaseAll();
    assertThat(client().numbers(PRODUCT + "&after=1002", "trade_id"))
        .containsExactly(1_001L, 1_000L);
    assertThat(client().numbers(PRODUCT + "&after=900", "trade_id")).isEmpty();
  }

  @Test
  void missingIdsAreOnNoPage() throws Exception {
    Tape tape = Tape.seeded(1).symbol("BTCUSDT", 10).without("BTCUSDT", 4, 5).build();
    try (FakeVenue other = new FakeVenue(VenueKind.BINANCE, tape, VenueScript.calm()).start()) {
      other.releaseAll();

      assertThat(new RestTester(other).numbers(TRADES + "&fromId=3", "id"))
          .containsExactly(3L, 6L, 7L);
    }
  }

  @Test
  void priceMayBeAnotherOneThanTheStreams() throws Exception {
    restart(VenueKind.BINANCE, rest -> rest.price("BTCUSDT", 2, "12.5"));
    venue.release("BTCUSDT", 2);

    Map<?, ?> row = TestJson.map(client().list(TRADES + "&fromId=2").getFirst());

    assertThat(row.get("price")).isEqualTo("12.50000000");
  }

  @Test
  void timesMayBeCutToMilliseconds() throws Exception {
    restart(VenueKind.BINANCE, RestScript::millis);
    venue.release("BTCUSDT", 9);
    Map<?, ?> row = TestJson.map(client().list(TRADES, "X-MBX-TIME-UNIT", "MICROSECOND").getLast());
    assertThat(TestJson.number(row, "time"))
        .isEqualTo(TAPE.trades("BTCUSDT").get(8).micros() / 1_000);

    restart(VenueKind.COINBASE, RestScript::millis);
    venue.release("BTC-USD", 9);
    row = TestJson.map(client().list(PRODUCT).getFirst());
    assertThat(row.get("time").toString()).matches(".*:\\d\\d\\.\\d{3}Z");

    restart(VenueKind.KRAKEN, RestScript::millis);
    venue.release("BTC/USD", 9);
    Map<?, ?> page = client().object("/0/public/Trades?pair=XBTUSD");
    assertThat(TestJson.list(TestJson.at(page, "result", "XXBTZUSD")).getLast().toString())
        .containsPattern(", \\d{10}\\.\\d{3}, ");
  }

  @Test
  void plannedFaultsComeForTheirRequests() throws Exception {
    restart(
        VenueKind.BINANCE,
        rest ->
            rest.fault(1, RestFault.tooMany(Duration.ofMillis(1_500)))
                .fault(2, RestFault.banned(Duration.ofSeconds(120)))
                .fault(3, RestFault.forbidden())
                .fault(4, RestFault.unavailable())
                .fault(5, RestFault.restricted())
                .fault(6, RestFault.errorInBody())
                .fault(7, RestFault.htmlInBody()));

    HttpResponse<String> tooMany = client().get(TRADES);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("retry-after")).hasValue("2");
    assertThat(tooMany.body()).contains("\"code\":-1003");
    HttpResponse<String> banned = client().get(TRADES);
    assertThat(banned.statusCode()).isEqualTo(418);
    assertThat(banned.headers().firstValue("retry-after")).hasValue("120");
    HttpResponse<String> forbidden = client().get(TRADES);
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(forbidden.body()).startsWith("<!DOCTYPE html>");
    assertThat(client().get(TRADES).statusCode()).isEqualTo(503);
    assertThat(client().get(TRADES).statusCode()).isEqualTo(451);
    HttpResponse<String> error = client().get(TRADES);
    assertThat(error.statusCode()).isEqualTo(200);
    assertThat(error.body()).contains("\"code\":-1000");
    assertThat(client().get(TRADES).body()).contains("<html>");
    assertThat(client().get(TRADES).body()).isEqualTo("[]");
    assertThat(venue.log().requests())
        .extracting(VenueLog.Request::status)
        .containsExactly(429, 418, 403, 503, 451, 200, 200, 200);
  }

  @Test
  void stalledBodyNeverEnds() throws Exception {
    venue.release("BTCUSDT", 100);
    venue.failRest(RestFault.stall());

    assertThatThrownBy(() -> client().getWithin(TRADES, Duration.ofMillis(300)))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    venue.healRest();
    assertThat(client().numbers(TRADES, "id")).hasSize(3);
  }

  @Test
  void bodyMayBeCutInTheMiddle() {
    venue.release("BTCUSDT", 100);
    venue.failRest(RestFault.cut());

    assertThatThrownBy(() -> client().get(TRADES)).isInstanceOf(IOException.class);
  }

  @Test
  void weightBeyondTheLimitIsRefusedAndThenBanned() throws Exception {
    restart(VenueKind.BINANCE, rest -> rest.weightLimit(60, Duration.ofHours(1), 2));

    assertThat(client().get(TRADES).statusCode()).isEqualTo(200);
    assertThat(client().get(TRADES).statusCode()).isEqualTo(200);
    HttpResponse<String> third = client().get(TRADES);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("x-mbx-used-weight-1m")).hasValue("75");
    assertThat(Integer.parseInt(third.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 3_600);
    assertThat(client().get(TRADES).statusCode()).isEqualTo(429);
    assertThat(client().get(TRADES).statusCode()).isEqualTo(418);
    assertThat(client().get("/api/v3/time").statusCode()).isEqualTo(418);
    assertThat(venue.log().mostWeight(Duration.ofMinutes(1))).isEqualTo(126);
  }

  @Test
  void limitOfKrakenIsAnErrorWithStatus200() throws Exception {
    restart(VenueKind.KRAKEN, rest -> rest.weightLimit(1, Duration.ofHours(1), 5));
    client().get("/0/public/Time");

    HttpResponse<String> second = client().get("/0/public/Time");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo("{\"error\":[\"EAPI:Rate limit exceeded\"]}");
  }

  @Test
  void clockMayBeTenSecondsOff() throws Exception {
    venue.close();
    venue =
        new FakeVenue(VenueKind.BINANCE, TAPE, VenueScript.calm().clock(Duration.ofSeconds(-10)))
            .start();

    Instant shown =
        Instant.ofEpochMilli(TestJson.number(client().object("/api/v3/time"), "serverTime"));

    assertThat(Duration.between(shown, Instant.now()))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
  }

  private RestTester client() {
    return new RestTester(venue);
  }

  private FakeVenue restart(VenueKind kind, UnaryOperator<RestScript> rest) {
    if (venue != null) {
      venue.close();
    }
    Tape tape = kind == VenueKind.COINBASE ? COINBASE : kind == VenueKind.KRAKEN ? KRAKEN : TAPE;
    venue = new FakeVenue(kind, tape, VenueScript.calm().rest(rest)).start();
    return venue;
  }
}
