package dev.mdp.providers.coinbase;

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
import dev.mdp.providers.SharedData;
import dev.mdp.providers.wire.Recorded;
import dev.mdp.providers.wire.TapeTrade;
import dev.mdp.testkit.property.Property;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseDialectTest {
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Symbol ETH = new Symbol("ETH-USD");
  private static final String MATCH =
      """
      {"type":"match","trade_id":881613,"maker_order_id":"27fff20b","side":"sell","size":"0.04",\
      "price":"14.7775","product_id":"BTC-USD","sequence":333938798,\
      "time":"2021-04-17T16:43:30.244075Z"}\
      """;

  private final CoinbaseDialect dialect = new CoinbaseDialect(Coinbase.SOCKET);

  @BeforeEach
  void subscribed() {
    assertThat(dialect.subscribe(List.of(BTC, ETH)))
        .containsExactly(
            """
            {"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],\
            "channels":["matches","heartbeat"]}\
            """);
  }

  @Test
  void subscriptionsOfManySymbolsAreCutIntoMessages() {
    List<Symbol> many = IntStream.range(0, 250).mapToObj(i -> new Symbol("S" + i)).toList();

    List<String> messages = dialect.subscribe(many);

    assertThat(messages).hasSize(3);
    assertThat(String.join("", messages)).contains("\"S0\"", "\"S99\"", "\"S100\"", "\"S249\"");
    assertThat(dialect.unsubscribe(List.of(BTC)))
        .containsExactly(
            """
            {"type":"unsubscribe","product_ids":["BTC-USD"],"channels":["matches","heartbeat"]}\
            """);
    assertThat(dialect.subscribe(List.of())).isEmpty();
  }

  @Test
  void aMatchIsATradeWithItsIdAndItsMicroseconds() {
    Recorded recorded = reading(dialect, MATCH);

    assertThat(recorded.trades)
        .containsExactly(
            new Tick(
                "coinbase",
                "",
                BTC,
                Micros.parse("2021-04-17T16:43:30.244075Z"),
                881613,
                14.7775,
                0.04,
                Tick.ABSENT,
                Tick.ABSENT,
                RECEIVED));
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices).isEmpty();
  }

  @Test
  void theLastMatchOfASubscriptionIsARealTrade() {
    Recorded recorded = reading(dialect, MATCH.replace("\"match\"", "\"last_match\""));

    assertThat(recorded.trades).extracting(Tick::seq).containsExactly(881613L);
    assertThat(recorded.notices).isEmpty();
  }

  @Test
  void fieldsMayComeInAnyOrderAndUnknownOnesOfAnyKind() {
    Recorded recorded =
        reading(
            dialect,
            """
             { "new": {"trade_id": 5, "x": [1, {}]}, "time":"2021-04-17T16:43:30.244075999Z" ,
               "product_id":"ETH-USD","price":"1","size":"0","trade_id":7,"list":[[]],
               "type":"match" }
            """);

    assertThat(recorded.trades).hasSize(1);
    assertThat(recorded.trades.getFirst().symbol()).isEqualTo(ETH);
    assertThat(recorded.trades.getFirst().seq()).isEqualTo(7);
    assertThat(recorded.trades.getFirst().srcMicros())
        .isEqualTo(Micros.parse("2021-04-17T16:43:30.244075Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "price, '\"NaN\"', bad_price",
    "price, NaN, bad_price",
    "price, '\"\"', bad_price",
    "price, '\"-1\"', bad_price",
    "price, '\"0\"', bad_price",
    "price, '\"0.000\"', bad_price",
    "price, '\"1e400\"', bad_price",
    "price, 1e400, bad_price",
    "price, '\"1e-300\"', bad_price",
    "price, '\"1,5\"', bad_price",
    "price, null, bad_price",
    "price, '{\"a\":1}', bad_price",
    "price, '[1]', bad_price",
    "size, '\"-0.1\"', bad_size",
    "size, '\"\"', bad_size",
    "size, '\"Infinity\"', bad_size",
    "size, true, bad_size",
    "time, '\"yesterday\"', bad_time",
    "time, '\"2321-04-17T16:43:30Z\"', bad_time",
    "time, 1618677817, bad_time"
  })
  void aTradeThatCannotBeUsedKeepsItsIdAndItsBytes(String field, String value, String reason) {
    String frame = MATCH.replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + value);

    Recorded recorded = reading(dialect, frame);

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.notices).isEmpty();
    assertThat(recorded.unusable).hasSize(1);
    UnusableTrade trade = recorded.unusable.getFirst();
    assertThat(trade.symbol()).isEqualTo("BTC-USD");
    assertThat(trade.id()).hasValue(881613);
    assertThat(trade.reason()).isEqualTo(reason);
    assertThat(new String(trade.raw(), StandardCharsets.UTF_8)).isEqualTo(frame);
  }

  @Test
  void aNumberOfAnyLengthDoesNotLoseTheId() {
    String digits = "1".repeat(100_000);

    Recorded recorded =
        reading(dialect, MATCH.replace("\"14.7775\"", digits + "." + digits + "e" + digits));

    assertThat(recorded.unusable).hasSize(1);
    assertThat(recorded.unusable.getFirst().id()).hasValue(881613);
    assertThat(recorded.unusable.getFirst().reason()).isEqualTo("bad_price");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "null", "\"x\"", "[7]", "99999999999999999999"})
  void aTradeWithoutAUsableIdIsUnusableWithoutOne(String id) {
    Recorded recorded = reading(dialect, MATCH.replace(":881613", ":" + id));

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).hasSize(1);
    assertThat(recorded.unusable.getFirst().id()).isEmpty();
    assertThat(recorded.unusable.getFirst().reason()).isEqualTo("bad_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "7", "\"BTC|USD\"", "{\"x\":\"BTC-USD\"}"})
  void aTradeOfNoSymbolIsUnusable(String symbol) {
    Recorded recorded = reading(dialect, MATCH.replace("\"BTC-USD\"", symbol));

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).hasSize(1);
    assertThat(recorded.unusable.getFirst().id()).hasValue(881613);
    assertThat(recorded.unusable.getFirst().reason()).isEqualTo("bad_symbol");
  }

  @Test
  void aTradeOfASymbolThatNoOneWantsIsPassedOver() {
    assertThat(reading(dialect, MATCH.replace("BTC-USD", "SKL-USD")).isEmpty()).isTrue();
  }

  @Test
  void aHeartbeatTellsTheNewestIdAndTheVenuesClock() {
    Recorded recorded = reading(dialect, heartbeat("BTC-USD", 20, RECEIVED + 1_500_000));

    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.Head(BTC, 20, RECEIVED),
            new FeedNotice.ClockOffset(Duration.ofMillis(1_500)));
  }

  @Test
  void theLastId0OfAHeartbeatTellsNothing() {
    Recorded recorded = reading(dialect, heartbeat("BTC-USD", 0, RECEIVED));

    assertThat(recorded.notices(FeedNotice.Head.class)).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class)).isEmpty();
  }

  @Test
  void theClockIsToldAtMostOnceASecond() {
    Recorded recorded = new Recorded();
    for (int i = 0; i < 40; i++) {
      long received = RECEIVED + i * 100_000L;
      dialect.read(frame(heartbeat("ETH-USD", 5, received), received), recorded);
    }

    assertThat(recorded.notices(FeedNotice.ClockOffset.class)).hasSize(4);
    assertThat(recorded.notices(FeedNotice.Head.class)).hasSize(40);
  }

  @Test
  void aSymbolIsLiveWhenTheChannelOfMatchesHasIt() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"type":"subscriptions","channels":[\
            {"name":"heartbeat","product_ids":["BTC-USD","ETH-USD"],"account_ids":null},\
            {"product_ids":["ETH-USD","SKL-USD"],"name":"matches","account_ids":null}]}\
            """);

    assertThat(recorded.notices).containsExactly(new FeedNotice.Live(ETH, RECEIVED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "[7,\"x\",[\"ETH-USD\"]]",
        "[{\"name\":\"matches\"}]",
        "[{\"name\":\"matches\",\"product_ids\":\"ETH-USD\"}]",
        "[{\"name\":\"matches\",\"product_ids\":[null,[\"ETH-USD\"]]}]"
      })
  void subscriptionsOfNothingConfirmNothing(String channels) {
    assertThat(
            reading(dialect, "{\"type\":\"subscriptions\",\"channels\":" + channels + "}")
                .isEmpty())
        .isTrue();
  }

  @Test
  void aRefusedProductDoesNotStandForTheOthers() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"type":"error","message":"Failed to subscribe",\
            "reason":"ETH-USD is not a valid product"}\
            """);

    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.Refused(
                Optional.of(ETH),
                "coinbase says: Failed to subscribe: ETH-USD is not a valid product"));
  }

  @Test
  void aDelistedProductIsRefused() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"type":"error","message":"Failed to subscribe","reason":"BTC-USD is delisted"}\
            """);

    assertThat(recorded.notices(FeedNotice.Refused.class))
        .extracting(FeedNotice.Refused::symbol)
        .containsExactly(Optional.of(BTC));
  }

  @Test
  void aRefusalThatNamesNoProductIsOfAll() {
    Recorded recorded =
        reading(
            dialect,
            """
            {"type":"error","message":"Failed to subscribe",\
            "reason":"matches is not a valid channel\\u001b[31m"}\
            """);

    assertThat(recorded.notices(FeedNotice.Refused.class))
        .containsExactly(
            new FeedNotice.Refused(
                Optional.empty(),
                "coinbase says: Failed to subscribe: matches is not a valid channel\\x1b[31m"));
  }

  @Test
  void anErrorThatPassesRefusesNothing() {
    Recorded recorded =
        reading(
            dialect,
            "{\"type\":\"error\",\"message\":\"Too many requests\",\"reason\":\"rate limit\"}",
            "{\"type\":\"error\",\"message\":\"ErrSlowConsume\"}");

    assertThat(recorded.notices(FeedNotice.RateLimited.class)).hasSize(1);
    assertThat(recorded.notices(FeedNotice.Refused.class)).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class))
        .containsExactly(new FeedNotice.Unreadable("coinbase says: ErrSlowConsume"));
  }

  @Test
  void messagesOfOtherTypesArePassedOver() {
    assertThat(
            reading(
                    dialect,
                    MATCH.replace("\"match\"", "\"ticker\""),
                    "{\"type\":\"l2update\",\"changes\":[[\"buy\",\"1\",\"2\"]]}",
                    "{\"type\":\"status\",\"products\":[{\"id\":\"BTC-USD\"}]}")
                .isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "7",
        "\"match\"",
        "[]",
        "{",
        "{\"type\":\"match\"",
        "{}",
        "{\"typ\":\"match\"}",
        "<html><body>503</body></html>",
        "{\"type\":\"match\"} {}",
        "{\"type\":\"match\",,}",
        "\ufeff{\"type\":\"match\"}",
        "{\"type\":\"match\"}\0"
      })
  void whatIsNotAMessageIsToldAndHoldsNothing(String text) {
    Recorded recorded = reading(dialect, text);

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices).hasSize(1).hasOnlyElementsOfType(FeedNotice.Unreadable.class);
  }

  @Test
  void aFieldThatIsThereTwiceMakesTheMessageUnreadable() {
    Recorded recorded = reading(dialect, MATCH.replace("\"price\"", "\"price\":\"1\",\"price\""));

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class))
        .singleElement()
        .extracting(FeedNotice.Unreadable::detail)
        .asString()
        .startsWith("coinbase: a trade has its price twice: '{\"type\":\"match\"");
  }

  @Test
  void everyPrefixOfAMessageIsUnreadable() {
    for (int length = 0; length < MATCH.length(); length++) {
      Recorded recorded = reading(dialect, MATCH.substring(0, length));

      assertThat(recorded.trades).isEmpty();
      assertThat(recorded.notices).hasOnlyElementsOfType(FeedNotice.Unreadable.class).hasSize(1);
    }
  }

  @Test
  void everyTradeOfATapeComesOnceAndAsItIs() {
    Property.check(
        200,
        choices -> {
          List<TapeTrade> btc = TapeTrade.tape(choices, BTC, choices.nextLong(1L << 40), 20);
          List<TapeTrade> eth = TapeTrade.tape(choices, ETH, choices.nextLong(1L << 40), 20);
          Recorded recorded = new Recorded();
          for (int i = 0; i < 20; i++) {
            dialect.read(frame(CoinbaseVenue.match(btc.get(i))), recorded);
            dialect.read(frame(CoinbaseVenue.match("last_match", eth.get(i))), recorded);
          }

          assertThat(of(recorded, BTC)).isEqualTo(ticks(btc));
          assertThat(of(recorded, ETH)).isEqualTo(ticks(eth));
          assertThat(recorded.unusable).isEmpty();
          assertThat(recorded.notices).isEmpty();
        });
  }

  @Test
  void garbageNeverThrowsAndNeverMakesATradeOfAnotherId() {
    Property.check(
        5_000,
        choices -> {
          char[] text = MATCH.toCharArray();
          for (int i = choices.nextInt(1, 6); i > 0; i--) {
            text[choices.nextInt(text.length)] =
                (char) choices.nextInt(choices.onceIn(4) ? 65_536 : 128);
          }

          Recorded recorded = reading(dialect, choices.show("frame", new String(text)));

          assertThat(recorded.trades.size() + recorded.unusable.size() + recorded.notices.size())
              .isLessThanOrEqualTo(1);
        });
  }

  @Test
  void everyRecordedTradeIsReadAndNoIdIsMissing() throws IOException {
    Map<Symbol, List<Long>> ids = new TreeMap<>();
    Recorded recorded = new Recorded();
    CoinbaseDialect live = new CoinbaseDialect(Coinbase.SOCKET);
    live.subscribe(
        List.of(
                "SKL-USD",
                "SKL-BTC",
                "BAND-GBP",
                "NMR-EUR",
                "BAND-BTC",
                "YFI-BTC",
                "DASH-BTC",
                "NU-GBP",
                "CRV-EUR",
                "SKL-GBP")
            .stream()
            .map(Symbol::new)
            .toList());

    try (BufferedReader lines = recordedLines("coinbase/ws_frames.txt.gz")) {
      lines
          .lines()
          .map(line -> line.split(" ", 3))
          .filter(parts -> parts[1].equals("in"))
          .forEach(parts -> live.read(frame(parts[2]), recorded));
    }

    recorded.trades.forEach(
        t -> ids.computeIfAbsent(t.symbol(), _ -> new ArrayList<>()).add(t.seq()));
    assertThat(recorded.trades).hasSize(107);
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class)).isEmpty();
    assertThat(recorded.notices(FeedNotice.Live.class)).hasSize(10);
    ids.forEach((symbol, each) ->
        assertThat(each.getLast() - each.getFirst() + 1).as("%s", symbol).isEqualTo(each.size()));
  }

  private static BufferedReader recordedLines(String name) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(SharedData.file(name))),
            StandardCharsets.UTF_8));
  }

  @Test
  void theVenuePromisesContiguousIdsAtOneAddress() {
    assertThat(dialect.provider()).isEqualTo("coinbase");
    assertThat(dialect.ids()).isEqualTo(TradeIds.CONTIGUOUS);
    assertThat(dialect.endpoint(List.of(BTC))).isEqualTo(Coinbase.SOCKET);
    assertThat(dialect.limits().silence()).isLessThan(Duration.ofSeconds(30));
    assertThat(dialect.isEnding(frame(MATCH))).isFalse();
  }

  private static List<Tick> of(Recorded recorded, Symbol symbol) {
    return recorded.trades.stream().filter(t -> t.symbol().equals(symbol)).toList();
  }

  private static List<Tick> ticks(List<TapeTrade> tape) {
    return tape.stream().map(t -> t.tick("coinbase", RECEIVED)).toList();
  }

  private static String heartbeat(String symbol, long lastId, long micros) {
    return """
    {"type":"heartbeat","sequence":90,"last_trade_id":%d,"product_id":"%s","time":"%s"}\
    """
        .formatted(lastId, symbol, Micros.format(micros));
  }
}
