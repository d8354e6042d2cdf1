package dev.mdp.providers.kraken;

import static dev.mdp.providers.wire.Recorded.RECEIVED;
import static dev.mdp.providers.wire.Recorded.frame;
import static dev.mdp.providers.wire.Recorded.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.providers.wire.Recorded;
import dev.mdp.providers.wire.TapeTrade;
import dev.mdp.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenDialectTest {
  private static final Symbol BTC = new Symbol("BTC/USD");
  private static final Symbol MATIC = new Symbol("MATIC/USD");
  private static final String FIRST =
      """
      {"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.00000000,"ord_type":"market",\
      "trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706123Z"}\
      """;
  private static final String SECOND =
      """
      {"symbol":"MATIC/USD","side":"buy","price":0.5118,"qty":1,"ord_type":"limit",\
      "trade_id":4665907,"timestamp":"2023-09-25T07:49:37.708706Z"}\
      """;

  private final KrakenDialect dialect = new KrakenDialect(Kraken.SOCKET);

  @BeforeEach
  void subscribed() {
    assertThat(dialect.subscribe(List.of(BTC, MATIC)))
        .containsExactly(
            """
            {"method":"subscribe","params":{"channel":"trade",\
            "symbol":["BTC/USD","MATIC/USD"],"snapshot":false}}\
            """);
  }

  @Test
  void subscriptionsOfManySymbolsAreCutIntoMessages() {
    List<Symbol> many =
        IntStream.range(0, 201).mapToObj(i -> new Symbol("S" + i + "/USD")).toList();

    assertThat(dialect.subscribe(many)).hasSize(3);
    assertThat(dialect.unsubscribe(List.of(BTC)))
        .containsExactly(
            """
            {"method":"unsubscribe","params":{"channel":"trade","symbol":["BTC/USD"]}}\
            """);
  }

  @Test
  void aMessageHoldsSeveralTradesWithTheirNanosecondsTruncated() {
    Recorded recorded = reading(dialect, update(FIRST, SECOND));

    assertThat(recorded.trades)
        .containsExactly(tick(4665906, 0.5117, 40), tick(4665907, 0.5118, 1));
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices).isEmpty();
  }

  @Test
  void tradesThatComeNewestFirstAreHandedOnAscending() {
    assertThat(reading(dialect, update(SECOND, FIRST)).trades)
        .extracting(Tick::seq)
        .containsExactly(4665906L, 4665907L);
  }

  @Test
  void aSnapshotsTradesAreRealTrades() {
    assertThat(reading(dialect, update(FIRST).replace("update", "snapshot")).trades).hasSize(1);
  }

  @Test
  void theChannelMayComeAfterItsData() {
    assertThat(
            reading(
                    dialect,
                    "{\"data\":[" + FIRST + "],\"channel\":\"trade\"}",
                    "{\"data\":[" + SECOND + "],\"channel\":\"book\"}")
                .trades)
        .extracting(Tick::seq)
        .containsExactly(4665906L);
  }

  @ParameterizedTest
  @CsvSource({
    "price, NaN, bad_price",
    "price, -0.5, bad_price",
    "price, 0, bad_price",
    "price, 0.0e7, bad_price",
    "price, 1e400, bad_price",
    "price, '\"\"', bad_price",
    "price, null, bad_price",
    "qty, -1, bad_size",
    "qty, Infinity, bad_size",
    "qty, 1e999, bad_size",
    "qty, '{}', bad_size",
    "timestamp, 1695628177.7, bad_time",
    "timestamp, '\"\"', bad_time"
  })
  void oneBadTradeOfSeveralKeepsItsIdAndItsBytes(String field, String value, String reason) {
    String bad = FIRST.replaceAll("\"" + field + "\":[^,}]*", "\"" + field + "\":" + value);

    Recorded recorded = reading(dialect, update(SECOND, bad));

    assertThat(recorded.trades).extracting(Tick::seq).containsExactly(4665907L);
    assertThat(recorded.unusable).hasSize(1);
    UnusableTrade trade = recorded.unusable.getFirst();
    assertThat(trade.symbol()).isEqualTo("MATIC/USD");
    assertThat(trade.id()).hasValue(4665906);
    assertThat(trade.reason()).isEqualTo(reason);
    assertThat(new String(trade.raw(), StandardCharsets.UTF_8)).isEqualTo(bad);
  }

  @Test
  void aMissingFieldIsABadOne() {
    Recorded recorded =
        reading(
            dialect,
            update("{\"symbol\":\"BTC/USD\",\"trade_id\":7}", "{\"symbol\":\"BTC/USD\"}", "{}"));

    assertThat(recorded.unusable)
        .extracting(UnusableTrade::reason)
        .containsExactly("bad_price", "bad_field", "bad_symbol");
  }

  @Test
  void aNumberIsReadToItsLastDigit() {
    String exact = "0.30000000000000004";

    Recorded recorded = reading(dialect, update(FIRST.replace("0.5117", exact)));

    assertThat(recorded.trades.getFirst().price()).isEqualTo(0.30000000000000004);
  }

  @Test
  void aTradeOfASymbolThatNoOneWantsIsPassedOver() {
    assertThat(reading(dialect, update(FIRST.replace("MATIC", "POL"), SECOND)).trades)
        .extracting(Tick::seq)
        .containsExactly(4665907L);
  }

  @Test
  void aMessageThatBreaksOffHandsOnNoneOfItsTrades() {
    String frame = update(FIRST, SECOND);
    for (int length = 0; length < frame.length(); length++) {
      Recorded recorded = reading(dialect, frame.substring(0, length));

      assertThat(recorded.trades).isEmpty();
      assertThat(recorded.notices).hasOnlyElementsOfType(FeedNotice.Unreadable.class).hasSize(1);
    }
    assertThat(reading(dialect, frame).trades).as("after all those").hasSize(2);
  }

  @Test
  void eachSymbolIsConfirmedByItsOwnReply() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"method":"subscribe","result":{"channel":"trade","snapshot":false,"symbol":"BTC/USD"},\
            "success":true,"time_in":"2023-11-14T22:13:20.000000Z",\
            "time_out":"2023-11-14T22:13:20.250000Z"}\
            """);

    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.ClockOffset(Duration.ofMillis(250)), new FeedNotice.Live(BTC, RECEIVED));
  }

  @Test
  void aRefusedSymbolIsToldWithWhatKrakenSays() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"error":"Currency pair not supported MATIC/USD","method":"subscribe","success":false,\
            "symbol":"MATIC/USD"}\
            """,
            """
            {"error":"Currency pair not supported BTC/USD","method":"subscribe","success":false}\
            """);

    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.Refused(
                Optional.of(MATIC), "kraken says: Currency pair not supported MATIC/USD"),
            new FeedNotice.Refused(
                Optional.of(BTC), "kraken says: Currency pair not supported BTC/USD"));
  }

  @Test
  void whatIsSubscribedAlreadyIsLive() {
    assertThat(
            reading(
                    dialect,
                    """
                    {"error":"Already subscribed","method":"subscribe","success":false,\
                    "symbol":"BTC/USD"}\
                    """)
                .notices)
        .containsExactly(new FeedNotice.Live(BTC, RECEIVED));
  }

  @Test
  void anErrorThatPassesRefusesNothing() {
    Recorded recorded =
        reading(
            dialect,
            "{\"error\":\"Exceeded msg rate\",\"method\":\"subscribe\",\"success\":false}",
            """
            {"error":"EService:Unavailable","method":"subscribe","success":false,\
            "symbol":"BTC/USD"}\
            """,
            "{\"error\":\"Malformed request\",\"success\":false}");

    assertThat(recorded.notices(FeedNotice.RateLimited.class)).hasSize(1);
    assertThat(recorded.notices(FeedNotice.NotLive.class))
        .containsExactly(
            new FeedNotice.NotLive(BTC, RECEIVED, "kraken says: EService:Unavailable"));
    assertThat(recorded.notices(FeedNotice.Unreadable.class))
        .containsExactly(new FeedNotice.Unreadable("kraken says: Malformed request"));
    assertThat(recorded.notices(FeedNotice.Refused.class)).isEmpty();
  }

  @Test
  void anUnsubscribedSymbolIsNotLive() {
    assertThat(
            reading(
                    dialect,
                    """
                    {"method":"unsubscribe","result":{"channel":"trade","symbol":"BTC/USD"},\
                    "success":true}\
                    """)
                .notices)
        .containsExactly(new FeedNotice.NotLive(BTC, RECEIVED, "unsubscribed"));
  }

  @Test
  void signsOfLifeAndOtherChannelsHoldNothing() {
    assertThat(
            reading(
                    dialect,
                    "{\"channel\":\"heartbeat\"}",
                    """
                    {"channel":"status","type":"update","data":[{"api_version":"v2",\
                    "connection_id":18082791,"system":"online","version":"2.0.4"}]}\
                    """,
                    "{\"channel\":\"status\",\"data\":[{\"system\":\"maintenance\"}]}",
                    "{\"channel\":\"book\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[{}]}]}",
                    "{\"method\":\"pong\",\"req_id\":7,\"time_in\":\"x\"}",
                    "{\"method\":\"subscribe\",\"success\":true,\"result\":{\"symbol\":\"X/Y\"}}")
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "7",
        "{}",
        "{\"channel\":\"trade\"}",
        "{\"channel\":\"trade\",\"data\":{}}",
        "{\"channel\":\"trade\",\"data\":[7]}",
        "{\"channel\":\"trade\",\"data\":[[]]}",
        "{\"channel\":\"trade\",\"data\":[{\"trade_id\":1,\"trade_id\":2}]}",
        "{\"data\":[]}",
        "{\"channel\":\"trade\",\"data\":[]} x",
        "<html>"
      })
  void whatIsNotAMessageIsToldAndHoldsNothing(String text) {
    Recorded recorded = reading(dialect, text);

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices).hasSize(1).hasOnlyElementsOfType(FeedNotice.Unreadable.class);
  }

  @Test
  void anyTapeCutIntoAnyFramesGivesEveryIdOnce() {
    Property.check(
        200,
        choices -> {
          int count = choices.nextInt(1, 60);
          List<TapeTrade> tape = TapeTrade.tape(choices, BTC, choices.nextLong(1L << 40), count);
          Recorded recorded = new Recorded();
          for (int from = 0; from < count; ) {
            int to = Math.min(count, from + 1 + choices.nextInt(7));
            List<TapeTrade> some = new ArrayList<>(tape.subList(from, to));
            if (choices.nextBoolean()) {
              Collections.shuffle(some, new Random(choices.nextLong()));
            }
            dialect.read(frame(KrakenVenue.update(some)), recorded);
            from = to;
          }

          assertThat(recorded.trades)
              .isEqualTo(tape.stream().map(t -> t.tick("kraken", RECEIVED)).toList());
          assertThat(recorded.unusable).isEmpty();
          assertThat(recorded.notices).isEmpty();
        });
  }

  @Test
  void aMessageOfTenMegabytesIsReadOrToldInAFewWords() {
    String[] trades = new String[70_000];
    for (int i = 0; i < trades.length; i++) {
      trades[i] = FIRST.replace("4665906", Integer.toString(i));
    }
    String frame = update(trades);

    Recorded recorded = reading(dialect, frame, frame.substring(0, frame.length() - 1));

    assertThat(frame).hasSizeGreaterThan(10_000_000);
    assertThat(recorded.trades).hasSize(70_000);
    assertThat(recorded.notices(FeedNotice.Unreadable.class))
        .singleElement()
        .satisfies(told -> assertThat(told.detail()).hasSizeLessThan(500));
  }

  @Test
  void garbageNeverThrows() {
    Property.check(
        5_000,
        choices -> {
          char[] text = update(FIRST, SECOND).toCharArray();
          for (int i = choices.nextInt(1, 6); i > 0; i--) {
            text[choices.nextInt(text.length)] =
                (char) choices.nextInt(choices.onceIn(4) ? 65_536 : 128);
          }

          Recorded recorded = reading(dialect, choices.show("frame", new String(text)));

          assertThat(recorded.trades.size() + recorded.unusable.size()).isLessThanOrEqualTo(2);
          assertThat(recorded.notices.size()).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void theVenuePromisesContiguousIdsAtOneAddress() {
    assertThat(dialect.provider()).isEqualTo("kraken");
    assertThat(dialect.ids()).isEqualTo(TradeIds.CONTIGUOUS);
    assertThat(dialect.endpoint(List.of(BTC))).isEqualTo(Kraken.SOCKET);
    assertThat(dialect.limits().silence()).isLessThan(Duration.ofSeconds(30));
  }

  private static String update(String... trades) {
    return "{\"channel\":\"trade\",\"type\":\"update\",\"data\":["
        + String.join(",", trades)
        + "]}";
  }

  private static Tick tick(long id, double price, double size) {
    return new Tick(
        "kraken",
        "",
        MATIC,
        Micros.parse("2023-09-25T07:49:37.708706Z"),
        id,
        price,
        size,
        Tick.ABSENT,
        Tick.ABSENT,
        RECEIVED);
  }
}
