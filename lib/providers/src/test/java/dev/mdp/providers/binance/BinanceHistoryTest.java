package dev.mdp.providers.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.HistoryPage;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.TradeMark;
import dev.mdp.providers.wire.Refill;
import dev.mdp.providers.wire.ScriptedRest;
import dev.mdp.providers.wire.TapeTrade;
import dev.mdp.testkit.ManualClock;
import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceHistoryTest {
  private static final Symbol BTC = new Symbol("BTCUSDT");
  private static final ManualClock CLOCK = ManualClock.at("2024-05-01T10:00:00Z");
  private static final long NOW = Micros.of(CLOCK.instant());

  private final List<TapeTrade> tape = TapeTrade.tape(Choices.ofSeed(3), BTC, 1_000, 3_500);
  private final BinanceVenue venue = new BinanceVenue(BinanceStream.TRADE, tape);
  private final ScriptedRest rest = venue.rest();
  private final BinanceHistory history =
      new BinanceHistory(BinanceStream.TRADE, rest, Binance.REST, CLOCK);

  @Test
  void aPageIsAskedForFromTheKnownTradeBelowOn() {
    HistoryPage page = history.page(BTC, mark(1_100), mark(1_105));

    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly(
            "https://api.binance.com/api/v3/historicalTrades?symbol=BTCUSDT&limit=1000&fromId=1100");
    assertThat(rest.weights).containsExactly(25);
    assertThat(page.trades()).isEqualTo(ticks(1_101, 1_104));
    assertThat(page.shown()).contains(new IdRange(1_100, 1_105));
    assertThat(page.keptFrom()).isZero();
  }

  @Test
  void aggregateTradesAreAskedForByTheirOwnIds() {
    ScriptedRest agg = new BinanceVenue(BinanceStream.AGG_TRADE, tape).rest();

    HistoryPage page =
        new BinanceHistory(BinanceStream.AGG_TRADE, agg, Binance.DATA_REST, CLOCK)
            .page(BTC, mark(1_100), mark(1_102));

    assertThat(agg.asked)
        .extracting(Object::toString)
        .containsExactly(
            "https://data-api.binance.vision/api/v3/aggTrades"
                + "?symbol=BTCUSDT&limit=1000&fromId=1100");
    assertThat(agg.weights).containsExactly(4);
    assertThat(page.trades()).containsExactly(tape.get(101).tick("binance_agg", NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 998, 999, 1_000, 1_001, 2_500})
  void aHoleOfAnySizeIsFilledPageByPage(int size) {
    Refill refill = Refill.of(history, BTC, mark(1_500), mark(1_501 + size));

    assertThat(refill.trades).isEqualTo(ticks(1_501, 1_500 + size));
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
    assertThat(refill.pages).isLessThanOrEqualTo(1 + size / 999);
  }

  @Test
  void aPageThatBeginsLaterThanAskedTellsFromWhereTheVenueKeeps() {
    venue.oldest = 1_200;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_250));

    assertThat(page.trades()).isEqualTo(ticks(1_200, 1_249));
    assertThat(page.shown()).contains(new IdRange(1_200, 1_250));
    assertThat(page.keptFrom()).isEqualTo(1_200);

    venue.oldest = 3_000;

    HistoryPage nothing = history.page(BTC, mark(1_100), mark(1_250));

    assertThat(nothing.trades()).isEmpty();
    assertThat(nothing.shown()).isEmpty();
    assertThat(nothing.keptFrom()).isEqualTo(3_000);
  }

  @Test
  void whatRestHasNotReachedYetIsNotShown() {
    venue.newest = 1_110;

    assertThat(history.page(BTC, mark(1_100), mark(1_120)).shown())
        .contains(new IdRange(1_100, 1_110));

    venue.newest = 1_090;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_120));

    assertThat(page.shown()).isEmpty();
    assertThat(page.keptFrom()).isZero();
  }

  @Test
  void idsThatTheVenueLacksAreShownWithoutTheirTrades() {
    venue.missing.addAll(List.of(1_102L, 1_104L));

    Refill refill = Refill.of(history, BTC, mark(1_100), mark(1_105));

    assertThat(refill.absent()).containsExactly(1_102L, 1_104L);
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
  }

  @Test
  void answersInMillisecondsAreRefusedWithTheHeaderTheyLack() {
    venue.millis = true;

    assertThatThrownBy(() -> history.page(BTC, mark(1_100), mark(1_105)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("/api/v3/historicalTrades made no sense: the time 16886")
        .hasMessageContaining("X-MBX-TIME-UNIT");
    assertThat(Binance.REST_HEADERS).containsExactly(Map.entry("X-MBX-TIME-UNIT", "MICROSECOND"));
  }

  @Test
  void theNewestTradeIsOneRequest() {
    assertThat(history.newest(BTC)).contains(mark(4_499));
    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly("https://api.binance.com/api/v3/historicalTrades?symbol=BTCUSDT&limit=1");
  }

  @Test
  void symbolsOfOtherScriptsAreEncoded() {
    assertThat(history.newest(new Symbol("币安人生USDT"))).isPresent();
    assertThat(rest.asked.getFirst().getRawQuery())
        .startsWith("symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"code\":-1121,\"msg\":\"Invalid symbol.\"}', ConfigException",
    "'{\"code\":-2014,\"msg\":\"API-key format invalid.\"}', ConfigException",
    "'{\"code\":-1003,\"msg\":\"Too much request weight used\"}', RateLimitedException",
    "'{\"code\":-1001,\"msg\":\"Internal error\"}', UnavailableException",
    "'{}', UnavailableException",
    "'<html>403</html>', UnavailableException",
    "'', UnavailableException",
    "'[{\"price\":\"1\"}]', UnavailableException",
    "'[[]]', UnavailableException",
    "'[{\"id\":1101,', UnavailableException"
  })
  void anAnswerThatIsNoPageIsAnErrorOfItsKind(String body, String kind) {
    BinanceHistory broken =
        new BinanceHistory(BinanceStream.TRADE, ScriptedRest.saying(body), Binance.REST, CLOCK);

    assertThatThrownBy(() -> broken.page(BTC, mark(1_100), mark(1_102)))
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind));
  }

  @ParameterizedTest
  @EnumSource
  void anyHoleOfAnyTapeIsFilledWithEachIdOnce(BinanceStream stream) {
    Property.check(
        40,
        choices -> {
          int count = choices.nextInt(3, 2_600);
          List<TapeTrade> any = TapeTrade.tape(choices, BTC, choices.nextLong(1L << 40), count);
          int below = choices.nextInt(count - 2);
          int above = choices.nextInt(below + 2, count);

          Refill refill =
              Refill.of(
                  new BinanceHistory(
                      stream, new BinanceVenue(stream, any).rest(), Binance.REST, CLOCK),
                  BTC,
                  any.get(below).mark(),
                  any.get(above).mark());

          assertThat(refill.trades)
              .isEqualTo(
                  any.subList(below + 1, above).stream()
                      .map(t -> t.tick(stream.provider(), NOW))
                      .toList());
          assertThat(refill.open).isEmpty();
          assertThat(refill.keptFrom).isZero();
        });
  }

  private TradeMark mark(long id) {
    return tape.get((int) (id - 1_000)).mark();
  }

  private List<Tick> ticks(long first, long last) {
    return tape.subList((int) (first - 1_000), (int) (last - 999)).stream()
        .map(t -> t.tick("binance", NOW))
        .toList();
  }
}
