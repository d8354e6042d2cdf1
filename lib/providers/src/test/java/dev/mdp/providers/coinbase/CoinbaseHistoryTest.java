package dev.mdp.providers.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.RateLimitedException;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseHistoryTest {
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final ManualClock CLOCK = ManualClock.at("2024-05-01T10:00:00Z");
  private static final long NOW = Micros.of(CLOCK.instant());

  private final List<TapeTrade> tape = TapeTrade.tape(Choices.ofSeed(1), BTC, 1_000, 3_500);
  private final CoinbaseVenue venue = new CoinbaseVenue(tape);
  private final ScriptedRest rest = venue.rest();
  private final CoinbaseHistory history = new CoinbaseHistory(rest, Coinbase.REST, CLOCK);

  @Test
  void aPageIsAskedForFromTheKnownTradeAboveDownwards() {
    HistoryPage page = history.page(BTC, mark(1_100), mark(1_105));

    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly(
            "https://api.exchange.coinbase.com/products/BTC-USD/trades?limit=1000&after=1106");
    assertThat(rest.weights).containsExactly(1);
    assertThat(page.trades()).isEqualTo(ticks(1_101, 1_104));
    assertThat(page.shown()).contains(new IdRange(1_100, 1_105));
    assertThat(page.keptFrom()).isZero();
    assertThat(page.unusable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 998, 999, 1_000, 1_001, 2_500})
  void aHoleOfAnySizeIsFilledPageByPage(int size) {
    Refill refill = Refill.of(history, BTC, mark(1_500), mark(1_501 + size));

    assertThat(sorted(refill)).isEqualTo(ticks(1_501, 1_500 + size));
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
    assertThat(refill.pages).isLessThanOrEqualTo(1 + size / 999);
  }

  @Test
  void whatRestHasNotReachedYetIsNotShown() {
    venue.newest = 1_110;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_120));

    assertThat(page.trades()).isEqualTo(ticks(1_101, 1_110));
    assertThat(page.shown()).contains(new IdRange(1_100, 1_110));
    assertThat(page.keptFrom()).isZero();
  }

  @Test
  void idsThatTheVenueLacksAreShownWithoutTheirTrades() {
    venue.missing.addAll(List.of(1_102L, 1_103L));

    Refill refill = Refill.of(history, BTC, mark(1_100), mark(1_105));

    assertThat(refill.absent()).containsExactly(1_102L, 1_103L);
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
  }

  @Test
  void whatIsOlderThanAllThatIsKeptIsGone() {
    venue.oldest = 1_200;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_250));

    assertThat(page.trades()).isEqualTo(ticks(1_200, 1_249));
    assertThat(page.shown()).contains(new IdRange(1_200, 1_250));
    assertThat(page.keptFrom()).isEqualTo(1_200);
    assertThat(rest.asked).hasSize(2);
  }

  @Test
  void aHoleThatIsWhollyOlderThanAllThatIsKeptIsGone() {
    venue.oldest = 2_000;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_105));

    assertThat(page).isEqualTo(new HistoryPage(List.of(), Optional.empty(), List.of(), 1_106));

    venue.newest = 1_050;
    assertThat(history.page(BTC, mark(1_100), mark(1_105)).keptFrom()).isZero();
  }

  @Test
  void aVenueThatGivesShortPagesKeepsWhatItDidNotGive() {
    venue.pageLimit = 7;

    Refill refill = Refill.of(history, BTC, mark(1_100), mark(1_200));

    assertThat(sorted(refill)).isEqualTo(ticks(1_101, 1_199));
    assertThat(refill.keptFrom).isZero();
    assertThat(refill.open).isEmpty();
  }

  @Test
  void aPageThatIsNotAboutTheHoleShowsNothing() {
    CoinbaseHistory deaf =
        new CoinbaseHistory(
            ScriptedRest.saying("[" + row(9_000, "1.5") + "]"), Coinbase.REST, CLOCK);

    HistoryPage page = deaf.page(BTC, mark(1_100), mark(1_200));

    assertThat(page).isEqualTo(new HistoryPage(List.of(), page.shown(), List.of(), 0));
    assertThat(page.shown()).isEmpty();
  }

  @Test
  void anEmptyPageShowsNothing() {
    CoinbaseHistory empty = new CoinbaseHistory(ScriptedRest.saying("[]"), Coinbase.REST, CLOCK);

    assertThat(empty.page(BTC, mark(1_100), mark(1_200)).shown()).isEmpty();
    assertThat(empty.page(BTC, mark(1_100), mark(1_200)).keptFrom()).isZero();
    assertThat(empty.newest(BTC)).isEmpty();
  }

  @Test
  void aPageInAnyOrderIsOneByItsIds() {
    String rows = row(1_101, "1.5") + "," + row(1_103, "1.5") + "," + row(1_102, "-1");

    HistoryPage page =
        new CoinbaseHistory(ScriptedRest.saying("[" + rows + "]"), Coinbase.REST, CLOCK)
            .page(BTC, mark(1_100), mark(1_104));

    assertThat(page.trades()).extracting(Tick::seq).containsExactly(1_101L, 1_103L);
    assertThat(page.shown()).contains(new IdRange(1_101, 1_103));
    assertThat(page.unusable()).hasSize(1);
    assertThat(page.unusable().getFirst().id()).hasValue(1_102);
    assertThat(page.unusable().getFirst().reason()).isEqualTo("bad_price");
    assertThat(new String(page.unusable().getFirst().raw(), StandardCharsets.UTF_8))
        .isEqualTo(row(1_102, "-1"));
  }

  @Test
  void theNewestTradeIsOneRequest() {
    assertThat(history.newest(BTC)).contains(mark(4_499));
    assertThat(rest.asked)
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .endsWith("?limit=1");
  }

  @Test
  void aTradeHasTheSameTimeOverRestAsOnTheSocket() {
    HistoryPage page = history.page(BTC, mark(1_100), mark(1_102));

    assertThat(page.trades().getFirst().srcMicros()).isEqualTo(mark(1_101).micros());
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"message\":\"NotFound\"}', ConfigException",
    "'{\"message\":\"Invalid product\"}', ConfigException",
    "'{\"message\":\"Public rate limit exceeded\"}', RateLimitedException",
    "'{\"message\":\"Internal server error\"}', UnavailableException",
    "'<html><body>403 Forbidden</body></html>', UnavailableException",
    "'', UnavailableException",
    "'{}', UnavailableException",
    "'[7]', UnavailableException",
    "'[{\"trade_id\":1101,\"price\":\"1\"', UnavailableException",
    "'[{\"price\":\"1\"}]', UnavailableException",
    "'[] []', UnavailableException"
  })
  void anAnswerThatIsNoPageIsAnErrorOfItsKind(String body, String kind) {
    CoinbaseHistory broken = new CoinbaseHistory(ScriptedRest.saying(body), Coinbase.REST, CLOCK);

    assertThatThrownBy(() -> broken.page(BTC, mark(1_100), mark(1_102)))
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind));
  }

  @Test
  void messagesNameThePlaceAndWhatWasSaid() {
    CoinbaseHistory broken =
        new CoinbaseHistory(ScriptedRest.saying("<html>\u001b[31m"), Coinbase.REST, CLOCK);

    assertThatThrownBy(() -> broken.newest(BTC))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(
            "https://api.exchange.coinbase.com/products/BTC-USD/trades made no sense: not JSON")
        .hasMessageContaining("'<html>\\x1b[31m'");
  }

  @Test
  void errorsOfTheRequestAreForAPersonAndOthersAreKept() {
    CoinbaseHistory refused =
        new CoinbaseHistory(
            new ScriptedRest(_ -> {
              throw new DataException("api.exchange.coinbase.com/products/X/trades: 404");
            }),
            Coinbase.REST,
            CLOCK);
    RateLimitedException limited = new RateLimitedException("429", Duration.ofSeconds(5));
    CoinbaseHistory later =
        new CoinbaseHistory(
            new ScriptedRest(_ -> {
              throw limited;
            }),
            Coinbase.REST,
            CLOCK);

    assertThatThrownBy(() -> refused.newest(BTC))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "api.exchange.coinbase.com/products/X/trades: 404 (does the venue have this symbol?)");
    assertThatThrownBy(() -> later.newest(BTC)).isSameAs(limited);
  }

  @Test
  void symbolsAreEncodedInAddresses() {
    history.newest(new Symbol("币 /%-USD"));

    assertThat(rest.asked.getFirst().getRawPath())
        .isEqualTo("/products/%E5%B8%81%20%2F%25-USD/trades");
  }

  @Test
  void theClientIsClosedWithTheHistory() {
    history.close();

    assertThat(rest.closed).isTrue();
  }

  @Test
  void anyHoleOfAnyTapeIsFilledWithEachIdOnce() {
    Property.check(
        60,
        choices -> {
          int count = choices.nextInt(2, 2_600);
          List<TapeTrade> any = TapeTrade.tape(choices, BTC, choices.nextLong(1L << 40), count);
          CoinbaseVenue like = new CoinbaseVenue(any);
          like.pageLimit = choices.nextBoolean() ? 1_000 : choices.nextInt(2, 1_000);
          int below = choices.nextInt(count - 1);
          int above = choices.nextInt(below + 1, count);
          CoinbaseHistory feed = new CoinbaseHistory(like.rest(), Coinbase.REST, CLOCK);
          if (above == below + 1) {
            return;
          }

          Refill refill = Refill.of(feed, BTC, any.get(below).mark(), any.get(above).mark());

          assertThat(sorted(refill))
              .isEqualTo(
                  any.subList(below + 1, above).stream()
                      .map(t -> t.tick("coinbase", NOW))
                      .toList());
          assertThat(refill.open).isEmpty();
          assertThat(refill.keptFrom).isZero();
        });
  }

  @Test
  void garbageOverRestIsNothingButUnavailable() {
    String body = "[" + row(1_101, "1.5") + "," + row(1_100, "1.5") + "]";
    Property.check(
        2_000,
        choices -> {
          char[] text = body.toCharArray();
          for (int i = choices.nextInt(1, 6); i > 0; i--) {
            text[choices.nextInt(text.length)] = (char) choices.nextInt(128);
          }
          CoinbaseHistory feed =
              new CoinbaseHistory(
                  ScriptedRest.saying(choices.show("body", new String(text))),
                  Coinbase.REST,
                  CLOCK);

          try {
            HistoryPage page = feed.page(BTC, mark(1_100), mark(1_104));
            assertThat(page.trades().size() + page.unusable().size()).isLessThanOrEqualTo(2);
          } catch (UnavailableException e) {
            assertThat(e).hasMessageContaining("made no sense");
          }
        });
  }

  private TradeMark mark(long id) {
    return tape.get((int) (id - 1_000)).mark();
  }

  private List<Tick> ticks(long first, long last) {
    return tape.subList((int) (first - 1_000), (int) (last - 999)).stream()
        .map(t -> t.tick("coinbase", NOW))
        .toList();
  }

  private static List<Tick> sorted(Refill refill) {
    return refill.trades.stream().sorted(Comparator.comparingLong(Tick::seq)).toList();
  }

  private static String row(long id, String price) {
    return """
    {"time":"2024-05-01T09:59:59.123456Z","trade_id":%d,"price":"%s","size":"1","side":"buy"}\
    """
        .formatted(id, price);
  }
}
