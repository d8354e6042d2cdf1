package dev.mdp.providers.binance;

import static dev.mdp.providers.wire.Recorded.RECEIVED;
import static dev.mdp.providers.wire.Recorded.frame;
import static dev.mdp.providers.wire.Recorded.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.providers.SharedData;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.wire.Recorded;
import dev.mdp.providers.wire.TapeTrade;
import dev.mdp.testkit.property.Property;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDialectTest {
  private static final Symbol BTC = new Symbol("BTCUSDT");
  private static final Symbol LIFE = new Symbol("币安人生USDT");
  private static final String TRADE =
      """
      {"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343001,"s":"BTCUSDT",\
      "t":3735683259,"p":"61837.63000000","q":"0.02000000","b":88,"a":50,"T":1723161255342123,\
      "m":true,"M":true}}\
      """;
  private static final String AGG_TRADE =
      """
      {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1723161255343001,"s":"BTCUSDT",\
      "a":12345,"p":"61837.63","q":"0.02","f":100,"l":105,"T":1723161255342123,"m":true,"M":true}}\
      """;

  private final BinanceDialect dialect = new BinanceDialect(BinanceStream.TRADE, Binance.SOCKET);

  @BeforeEach
  void subscribed() {
    assertThat(dialect.subscribe(List.of(BTC, LIFE)))
        .containsExactly(
            """
            {"method":"SUBSCRIBE","params":["btcusdt@trade","币安人生usdt@trade"],"id":1}\
            """);
  }

  @Test
  void microsecondsAreAskedForInTheAddress() {
    assertThat(dialect.endpoint(List.of(BTC)).toString())
        .isEqualTo("wss://stream.binance.com:9443/stream?timeUnit=MICROSECOND");
    assertThat(
            new BinanceDialect(BinanceStream.AGG_TRADE, Binance.DATA_SOCKET)
                .endpoint(List.of(BTC))
                .toString())
        .isEqualTo("wss://data-stream.binance.vision/stream?timeUnit=MICROSECOND");
  }

  @Test
  void aTradeHasItsIdAndItsMicroseconds() {
    Recorded recorded = reading(dialect, TRADE);

    assertThat(recorded.trades).containsExactly(tick("binance", 3735683259L));
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.ClockOffset(Duration.ofNanos((1723161255343001L - RECEIVED) * 1_000)));
  }

  @Test
  void anAggregateTradeIsOfAnotherProviderWithOtherIds() {
    BinanceDialect agg = new BinanceDialect(BinanceStream.AGG_TRADE, Binance.SOCKET);
    assertThat(agg.subscribe(List.of(BTC)))
        .containsExactly("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\"],\"id\":1}");

    assertThat(reading(agg, AGG_TRADE).trades).containsExactly(tick("binance_agg", 12345));
    assertThat(reading(agg, TRADE).isEmpty()).isTrue();
    assertThat(reading(dialect, AGG_TRADE).isEmpty()).isTrue();
    assertThat(agg.provider()).isEqualTo("binance_agg");
  }

  @Test
  void anEventMayComeOnItsOwnAndInAnyOrder() {
    String own = TRADE.substring(TRADE.indexOf("{\"e\""), TRADE.length() - 1);
    String shuffled =
        """
        {"data":{"T":1723161255342123,"q":"0.02","x":{"e":"no","t":1},"t":3735683259,\
        "p":"61837.63","s":"BTCUSDT","e":"trade"},"stream":"btcusdt@trade"}\
        """;

    assertThat(reading(dialect, own, shuffled).trades)
        .containsExactly(tick("binance", 3735683259L), tick("binance", 3735683259L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1723161255342", "1723161255", "1723161255342123456", "0", "7258118400000000"})
  void aTimeInAnotherUnitIsRefusedAndItsTradeIsNot(String time) {
    Recorded recorded = reading(dialect, TRADE.replace("1723161255342123", time));

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class))
        .singleElement()
        .extracting(FeedNotice.Unreadable::detail)
        .asString()
        .startsWith(
            "binance: the time " + time + " is not in microseconds (is timeUnit=MICROSECOND");
  }

  @Test
  void aMessageWithTwoUnitsIsRefused() {
    Recorded recorded = reading(dialect, TRADE.replace("1723161255343001", "1723161255343"));

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.notices(FeedNotice.Unreadable.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "p, '\"NaN\"', bad_price",
    "p, '\"\"', bad_price",
    "p, '\"0.00000000\"', bad_price",
    "p, '\"-1\"', bad_price",
    "p, '\"1e400\"', bad_price",
    "p, [], bad_price",
    "q, '\"-1\"', bad_size",
    "q, '\"x\"', bad_size",
    "q, null, bad_size",
    "T, '\"now\"', bad_time",
    "T, -5, bad_time",
    "T, null, bad_time"
  })
  void aTradeThatCannotBeUsedKeepsItsIdAndItsBytes(String field, String value, String reason) {
    String frame = TRADE.replaceAll("\"" + field + "\":[^,}]*", "\"" + field + "\":" + value);

    Recorded recorded = reading(dialect, frame);

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).hasSize(1);
    UnusableTrade trade = recorded.unusable.getFirst();
    assertThat(trade.symbol()).isEqualTo("BTCUSDT");
    assertThat(trade.id()).hasValue(3735683259L);
    assertThat(trade.reason()).isEqualTo(reason);
    assertThat(new String(trade.raw(), StandardCharsets.UTF_8)).isEqualTo(frame);
  }

  @Test
  void symbolsOfOtherScriptsAreReadAsTheyAre() {
    assertThat(reading(dialect, TRADE.replace("BTCUSDT", "币安人生USDT")).trades)
        .extracting(Tick::symbol)
        .containsExactly(LIFE);
    assertThat(
            reading(dialect, TRADE.replace("BTCUSDT", "\\u5e01\\u5b89\\u4eba\\u751fUSDT")).trades)
        .extracting(Tick::symbol)
        .containsExactly(LIFE);
  }

  @Test
  void anAnswerConfirmsEachSymbolOfItsRequest() {
    assertThat(reading(dialect, "{\"result\":null,\"id\":1}").notices)
        .containsExactly(new FeedNotice.Live(BTC, RECEIVED), new FeedNotice.Live(LIFE, RECEIVED));
    assertThat(
            reading(dialect, "{\"result\":null,\"id\":1}", "{\"result\":null,\"id\":99}").isEmpty())
        .as("an answer that comes again, one that no one waits for")
        .isTrue();
  }

  @Test
  void anUnsubscribedSymbolIsNotLive() {
    assertThat(dialect.unsubscribe(List.of(BTC)))
        .containsExactly("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}");

    assertThat(reading(dialect, "{\"id\":2,\"result\":null}").notices)
        .containsExactly(new FeedNotice.NotLive(BTC, RECEIVED, "unsubscribed"));
  }

  @Test
  void aRefusedRequestIsRepeatedOneByOneSoThatTheWrongSymbolIsFound() {
    Recorded first =
        reading(
            dialect,
            "{\"error\":{\"code\":2,\"msg\":\"Invalid request: invalid stream\"},\"id\":1}");

    assertThat(first.notices(FeedNotice.Refused.class)).isEmpty();
    assertThat(first.notices(FeedNotice.NotLive.class))
        .extracting(FeedNotice.NotLive::symbol)
        .containsExactly(BTC, LIFE);
    assertThat(dialect.subscribe(List.of(BTC, LIFE)))
        .containsExactly(
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}",
            "{\"method\":\"SUBSCRIBE\",\"params\":[\"币安人生usdt@trade\"],\"id\":3}");

    Recorded second =
        reading(
            dialect,
            "{\"result\":null,\"id\":2}",
            "{\"code\":2,\"msg\":\"Invalid request: invalid stream\",\"id\":3}");

    assertThat(second.notices)
        .containsExactly(
            new FeedNotice.Live(BTC, RECEIVED),
            new FeedNotice.Refused(
                Optional.of(LIFE), "binance: Binance says: 2: Invalid request: invalid stream"));
    assertThat(dialect.subscribe(List.of(BTC, new Symbol("ETHUSDT"))))
        .as("what was confirmed is asked for together again")
        .hasSize(1);
  }

  @Test
  void aRefusalThatNamesAStreamIsOfItAlone() {
    Recorded recorded =
        reading(
            dialect, "{\"error\":{\"code\":2,\"msg\":\"Unknown stream btcusdt@trade\"},\"id\":1}");

    assertThat(recorded.notices(FeedNotice.Refused.class))
        .extracting(FeedNotice.Refused::symbol)
        .containsExactly(Optional.of(BTC));
    assertThat(recorded.notices(FeedNotice.NotLive.class))
        .extracting(FeedNotice.NotLive::symbol)
        .containsExactly(LIFE);
  }

  @Test
  void errorsThatAnswerNothingAreTold() {
    Recorded recorded =
        reading(
            dialect,
            "{\"error\":{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1\"}}",
            "{\"code\":-1003,\"msg\":\"Too many requests\",\"id\":1}");

    assertThat(recorded.notices)
        .containsExactly(
            new FeedNotice.Unreadable(
                "binance: Binance says: 3: Invalid JSON: expected value at line 1"),
            new FeedNotice.RateLimited(Duration.ofSeconds(60)));
  }

  @Test
  void aThousandSymbolsAreAskedForInMessagesThatBinanceAnswers() {
    List<Symbol> many =
        IntStream.range(0, 1_024).mapToObj(i -> new Symbol("1000币安人生" + i + "USDT")).toList();

    List<String> messages = dialect.subscribe(many);

    assertThat(messages)
        .hasSizeLessThan(20)
        .allSatisfy(m -> assertThat(m.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4_088));
    assertThat(String.join("", messages).split("@trade", -1)).hasSize(1_025);
  }

  @Test
  void otherEventsAndControlFramesArePassedOver() {
    assertThat(
            reading(
                    dialect,
                    TRADE.replace("\"e\":\"trade\"", "\"e\":\"blockTrade\""),
                    "{\"e\":\"serverShutdown\",\"E\":1770123456789}",
                    "{\"stream\":\"\",\"data\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}",
                    "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"e\":\"24hrMiniTicker\"}]}",
                    "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":4,\"s\":\"BTCUSDT\"}}",
                    "{\"result\":[\"btcusdt@trade\"],\"id\":312}",
                    TRADE.replace("BTCUSDT", "ETHUSDT").replace("1723161255343001", "null"))
                .isEmpty())
        .isTrue();
  }

  @Test
  void aShutdownIsToldByItsFrameHoweverItIsWrapped() {
    String shutdown = "{\"e\":\"serverShutdown\",\"E\":1770123456789123}";

    assertThat(dialect.isEnding(frame(shutdown))).isTrue();
    assertThat(dialect.isEnding(frame("{\"stream\":\"\",\"data\":" + shutdown + "}"))).isTrue();
    assertThat(dialect.isEnding(frame("{\"E\":1,\"币\":[1.5], \"e\": \"serverShutdown\"}")))
        .isTrue();
    assertThat(dialect.isEnding(frame(TRADE))).isFalse();
    assertThat(dialect.isEnding(frame("{\"e\":\"serverShutdow\"}"))).isFalse();
    assertThat(dialect.isEnding(frame("{\"e\":\"serverShutdownX\"}"))).isFalse();
    assertThat(dialect.isEnding(frame(""))).isFalse();
    assertThat(dialect.isEnding(new Frame(shutdown.toCharArray(), 10, 0)))
        .as("what lies beyond the frame's end")
        .isFalse();
  }

  @Test
  void aShutdownIsFoundAtEveryPlace() {
    for (int before = 0; before < 40; before++) {
      for (int after = 0; after < 3; after++) {
        String text = "s".repeat(before) + "\"serverShutdown\"" + "\"".repeat(after);

        assertThat(dialect.isEnding(frame(text))).as(text).isTrue();
        assertThat(dialect.isEnding(frame(text.replace("Shut", "shut")))).as(text).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "7",
        "{}",
        "{\"x\":1}",
        "<html>",
        "{\"data\":{}}",
        "{\"data\":7}",
        "{\"stream\":\"btcusdt@trade\",\"data\":{\"s\":\"BTCUSDT\",\"t\":5}}",
        "{\"e\":\"trade\",\"t\":5,\"t\":6}",
        "{\"result\":null,\"id\":1}{}"
      })
  void whatIsNotAMessageIsToldAndHoldsNothing(String text) {
    Recorded recorded = reading(dialect, text);

    assertThat(recorded.trades).isEmpty();
    assertThat(recorded.unusable).isEmpty();
    assertThat(recorded.notices).hasSize(1).hasOnlyElementsOfType(FeedNotice.Unreadable.class);
  }

  @Test
  void everyPrefixOfAMessageIsUnreadable() {
    for (int length = 0; length < TRADE.length(); length++) {
      Recorded recorded = reading(dialect, TRADE.substring(0, length));

      assertThat(recorded.trades).isEmpty();
      assertThat(recorded.notices).hasOnlyElementsOfType(FeedNotice.Unreadable.class).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTradeOfATapeComesOnceAndAsItIs(BinanceStream stream) {
    BinanceDialect live = new BinanceDialect(stream, Binance.SOCKET);
    assertThat(live.subscribe(List.of(BTC, LIFE))).hasSize(1);
    Property.check(
        100,
        choices -> {
          Symbol symbol = choices.oneOf(List.of(BTC, LIFE));
          List<TapeTrade> tape = TapeTrade.tape(choices, symbol, choices.nextLong(1L << 40), 30);
          Recorded recorded = new Recorded();

          tape.forEach(t -> live.read(frame(BinanceVenue.event(stream, t)), recorded));

          assertThat(recorded.trades)
              .isEqualTo(tape.stream().map(t -> t.tick(stream.provider(), RECEIVED)).toList());
          assertThat(recorded.unusable).isEmpty();
          assertThat(recorded.notices(FeedNotice.Unreadable.class)).isEmpty();
        });
  }

  @Test
  void garbageNeverThrows() {
    Property.check(
        5_000,
        choices -> {
          char[] text = TRADE.toCharArray();
          for (int i = choices.nextInt(1, 6); i > 0; i--) {
            text[choices.nextInt(text.length)] =
                (char) choices.nextInt(choices.onceIn(4) ? 65_536 : 128);
          }

          Recorded recorded = reading(dialect, choices.show("frame", new String(text)));

          assertThat(recorded.trades.size() + recorded.unusable.size()).isLessThanOrEqualTo(1);
          assertThat(dialect.isEnding(frame(new String(text)))).isFalse();
        });
  }

  @Test
  void recordedFramesInMillisecondsAreRefusedEachAndInMicrosecondsReadEach() throws IOException {
    Pattern millis = Pattern.compile("\"([ET])\":([0-9]{13}),");
    Recorded refused = new Recorded();
    Recorded recorded = new Recorded();

    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(SharedData.file("btcusdt/ws_trade_frames.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> line.substring(line.indexOf(' ') + 1))
          .forEach(text -> {
            dialect.read(frame(text), refused);
            dialect.read(frame(millis.matcher(text).replaceAll("\"$1\":$2000,")), recorded);
          });
    }

    assertThat(refused.notices(FeedNotice.Unreadable.class)).hasSize(19_904);
    assertThat(refused.trades).isEmpty();
    assertThat(refused.unusable).isEmpty();
    assertThat(recorded.trades)
        .extracting(Tick::seq)
        .isEqualTo(LongStream.rangeClosed(3735683259L, 3735703162L).boxed().toList());
    assertThat(recorded.notices(FeedNotice.Unreadable.class)).isEmpty();
  }

  @Test
  void theVenuesLimitsAreItsOwn() {
    assertThat(dialect.provider()).isEqualTo("binance");
    assertThat(dialect.ids()).isEqualTo(TradeIds.CONTIGUOUS);
    assertThat(dialect.limits().messages()).isEqualTo(5);
    assertThat(dialect.limits().symbolsPerConnection()).isEqualTo(1_024);
    assertThat(dialect.limits().maxAge()).contains(Duration.ofHours(24));
    assertThat(dialect.limits().silence())
        .isBetween(Duration.ofSeconds(21), Duration.ofSeconds(30));
  }

  private static Tick tick(String provider, long id) {
    return new Tick(
        provider,
        "",
        BTC,
        1723161255342123L,
        id,
        61837.63,
        0.02,
        Tick.ABSENT,
        Tick.ABSENT,
        RECEIVED);
  }
}
