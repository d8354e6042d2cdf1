package dev.mdp.providers.kraken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenHistoryTest {
  private static final Symbol BTC = new Symbol("BTC/USD");
  private static final ManualClock CLOCK = ManualClock.at("2024-05-01T10:00:00Z");
  private static final long NANOS = 1_688_669_597_827_736_900L;

  private final List<TapeTrade> tape =
      new ArrayList<>(TapeTrade.tape(Choices.ofSeed(2), BTC, 1_000, 3_500));
  private final KrakenVenue venue = new KrakenVenue(tape);
  private final ScriptedRest rest = venue.rest();
  private final KrakenHistory history = new KrakenHistory(rest, Kraken.REST, CLOCK);

  @Test
  void aPageIsAskedForByThe19DigitsOfTheTradeBelow() {
    HistoryPage page = history.page(BTC, mark(1_100), mark(1_105));

    assertThat(rest.asked)
        .extracting(Object::toString)
        .containsExactly(
            "https://api.kraken.com/0/public/Trades?pair=XBTUSD&count=1000&since="
                + (mark(1_100).micros() * 1_000 - 2_000));
    assertThat(rest.weights).containsExactly(1);
    assertThat(ids(page)).containsExactly(1_101L, 1_102L, 1_103L, 1_104L);
    assertThat(page.shown()).contains(new IdRange(1_100, 1_105));
    assertThat(page.keptFrom()).isZero();
    assertThat(page.trades().getFirst().provider()).isEqualTo("kraken");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 998, 999, 1_000, 1_001, 2_300})
  void aHoleOfAnySizeIsFilledPageByPage(int size) {
    Refill refill = Refill.of(history, BTC, mark(1_500), mark(1_501 + size));

    assertThat(refill.trades)
        .extracting(Tick::seq)
        .containsExactlyElementsOf(ids(1_501, 1_500 + size));
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
    assertThat(rest.asked).hasSizeLessThanOrEqualTo(2 + size / 990);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thousandsOfTradesInOneMicrosecondAreAllFound(boolean inclusive) {
    List<TapeTrade> burst =
        LongStream.range(0, 1_502)
            .mapToObj(
                i -> new TapeTrade(BTC, i, "1.5", "1", NANOS / 1_000 * 1_000 + i * 600 / 1_502))
            .toList();
    KrakenVenue busy = new KrakenVenue(burst);
    busy.inclusive = inclusive;

    Refill refill =
        Refill.of(
            new KrakenHistory(busy.rest(), Kraken.REST, CLOCK),
            BTC,
            burst.getFirst().mark(),
            burst.getLast().mark());

    assertThat(refill.trades).extracting(Tick::seq).containsExactlyElementsOf(ids(1, 1_500));
    assertThat(refill.trades).extracting(Tick::srcMicros).containsOnly(NANOS / 1_000);
    assertThat(refill.open).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatOneTokenHidesStaysOpenAndIsCalledNeitherGoneNorAbsent(boolean inclusive) {
    List<TapeTrade> burst = new ArrayList<>();
    burst.add(new TapeTrade(BTC, 0, "1.5", "1", NANOS - 5_000));
    LongStream.range(1, 1_501).forEach(i -> burst.add(new TapeTrade(BTC, i, "1.5", "1", NANOS)));
    LongStream.range(1_501, 1_521)
        .forEach(i -> burst.add(new TapeTrade(BTC, i, "1.5", "1", NANOS + i * 5_000)));
    KrakenVenue busy = new KrakenVenue(burst);
    busy.inclusive = inclusive;

    Refill refill =
        Refill.of(
            new KrakenHistory(busy.rest(), Kraken.REST, CLOCK),
            BTC,
            burst.getFirst().mark(),
            burst.getLast().mark());

    assertThat(refill.open).containsExactly(new IdRange(1_001, 1_500));
    assertThat(refill.absent()).isEmpty();
    assertThat(refill.keptFrom).isZero();
    assertThat(refill.trades)
        .extracting(Tick::seq)
        .containsExactlyElementsOf(
            LongStream.range(1, 1_520).filter(i -> i <= 1_000 || i > 1_500).boxed().toList());
  }

  @Test
  void timesOverRestAreTheDecimalsOfTheirDoubles() {
    String body =
        """
        {"error":[],"result":{"XXBTZUSD":[\
        ["30243.40000","0.34507674",1688669597.8277369,"b","m","",11],\
        ["30243.30000","0.00376960",1.6886695982804112E9,"s","l","",12]],\
        "last":"1688671969993150842"}}\
        """;

    HistoryPage page = saying(body).page(BTC, new TradeMark(10, 1), new TradeMark(13, 2));

    assertThat(page.trades())
        .extracting(Tick::srcMicros)
        .containsExactly(1_688_669_597_827_736L, 1_688_669_598_280_411L);
    assertThat(page.trades()).extracting(Tick::price).containsExactly(30243.4, 30243.3);
    assertThat(page.trades()).extracting(Tick::size).containsExactly(0.34507674, 0.0037696);
  }

  @Test
  void whatRestHasNotReachedYetIsNotShown() {
    venue.newest = 1_110;

    assertThat(history.page(BTC, mark(1_100), mark(1_120)).shown())
        .contains(new IdRange(1_100, 1_110));

    venue.newest = 1_090;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_120));

    assertThat(page.trades()).isEmpty();
    assertThat(page.shown()).isEmpty();
    assertThat(page.keptFrom()).isZero();
  }

  @Test
  void idsThatTheVenueLacksAreShownWithoutTheirTrades() {
    venue.missing.addAll(List.of(1_101L, 1_103L));

    Refill refill = Refill.of(history, BTC, mark(1_100), mark(1_105));

    assertThat(refill.absent()).containsExactly(1_101L, 1_103L);
    assertThat(refill.open).isEmpty();
    assertThat(refill.keptFrom).isZero();
  }

  @Test
  void whatIsOlderThanAllThatIsKeptIsGoneAndProved() {
    venue.oldest = 1_200;

    HistoryPage page = history.page(BTC, mark(1_100), mark(1_250));

    assertThat(ids(page)).containsExactlyElementsOf(ids(1_200, 1_249));
    assertThat(page.shown()).contains(new IdRange(1_200, 1_250));
    assertThat(page.keptFrom()).isEqualTo(1_200);
    assertThat(rest.asked).extracting(Object::toString).last().asString().endsWith("&since=0");
  }

  @Test
  void aWrongTimeOfTheTradeBelowMakesNothingGone() {
    TradeMark below = new TradeMark(1_100, mark(1_100).micros() + 400_000);

    HistoryPage page = history.page(BTC, below, mark(1_300));

    assertThat(ids(page)).containsExactlyElementsOf(ids(1_101, 1_299));
    assertThat(page.keptFrom()).isZero();
  }

  @Test
  void aVeryWrongTimeOfTheTradeBelowMakesNothingGoneEither() {
    TradeMark late = new TradeMark(1_100, mark(1_100).micros() + 2_000_000);
    TradeMark hopeless = new TradeMark(1_100, mark(1_100).micros() + 90_000_000_000L);
    venue.tape.add(new TapeTrade(BTC, 9_000, "1.5", "1", (hopeless.micros() + 1_000) * 1_000));

    HistoryPage page = history.page(BTC, late, mark(4_400));
    HistoryPage open = history.page(BTC, hopeless, new TradeMark(9_000, 0));

    assertThat(ids(page)).containsExactlyElementsOf(ids(1_101, 1_999));
    assertThat(page.keptFrom()).isZero();
    assertThat(open.shown()).contains(new IdRange(9_000, 9_000));
    assertThat(open.keptFrom()).isZero();
  }

  @Test
  void idsBesideATradeThatRestLacksAreShownToo() {
    List<TapeTrade> quiet = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      quiet.add(new TapeTrade(BTC, i, "1.5", "1", NANOS + i * 3_000_000_000L));
    }
    KrakenVenue slow = new KrakenVenue(quiet);
    slow.missing.addAll(List.of(10L, 11L, 12L));

    Refill refill =
        Refill.of(
            new KrakenHistory(slow.rest(), Kraken.REST, CLOCK),
            BTC,
            quiet.get(10).mark(),
            quiet.get(15).mark());

    assertThat(refill.trades).extracting(Tick::seq).containsExactly(13L, 14L);
    assertThat(refill.absent()).containsExactly(11L, 12L);
    assertThat(refill.keptFrom).isZero();
  }

  @Test
  void idsThatOneTimeSharesMayFollowOnTheNextPage() {
    List<TapeTrade> tape = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      // of the last ten of a page, which share a time, the venue gives the odd ones first
      long at = i >= 990 && i < 1_010 ? 990 : i;
      tape.add(new TapeTrade(BTC, i, "1.5", "1", NANOS + at * 5_000));
    }
    ScriptedRest odd =
        new ScriptedRest(uri -> {
          long since = Long.parseLong(ScriptedRest.query(uri).get("since"));
          return page(
              tape.stream()
                  .filter(t -> t.nanos() >= since)
                  .sorted(
                      Comparator.comparingLong(TapeTrade::nanos)
                          .thenComparing(t -> t.id() % 2 == 0)
                          .thenComparing(TapeTrade::id))
                  .limit(1_000)
                  .toList());
        });
    KrakenHistory feed = new KrakenHistory(odd, Kraken.REST, CLOCK);

    HistoryPage first = feed.page(BTC, tape.getFirst().mark(), tape.getLast().mark());
    Refill refill = Refill.of(feed, BTC, tape.getFirst().mark(), tape.getLast().mark());

    assertThat(first.shown()).contains(new IdRange(0, 989));
    assertThat(ids(first)).hasSize(999).contains(991L, 1_009L).doesNotContain(990L, 992L);
    assertThat(refill.absent()).isEmpty();
    assertThat(refill.open).isEmpty();
    assertThat(refill.trades.stream().map(Tick::seq).distinct().sorted())
        .containsExactlyElementsOf(ids(1, 1_198));
  }

  @Test
  void aPairsKeyIsWhateverKrakenCallsIt() {
    String body =
        "{\"error\":[],\"result\":{\"last\":1688671969993150842,\"BTC/USD\":[[\"1\",\"1\","
            + "1688669597.8,\"b\",\"m\",\"\",11]]}}";

    assertThat(ids(saying(body).page(BTC, new TradeMark(10, 1), new TradeMark(13, 2))))
        .containsExactly(11L);
  }

  @Test
  void pagesThatNeverComeToTheTradeAreGivenUp() {
    List<TapeTrade> endless =
        LongStream.range(0, 1_000).mapToObj(i -> new TapeTrade(BTC, i, "1.5", "1", NANOS)).toList();
    ScriptedRest stuck = new ScriptedRest(_ -> page(endless));
    KrakenHistory feed = new KrakenHistory(stuck, Kraken.REST, CLOCK);

    assertThatThrownBy(
            () -> feed.page(BTC, new TradeMark(5_000, NANOS / 1_000), new TradeMark(6_000, 1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("kraken shows more than 100 pages of BTC/USD at 2023-07-06T18:53:17");
    assertThat(stuck.asked).hasSize(100);
  }

  @Test
  void theNewestTradeIsTheLastOfThoseWithoutAToken() {
    assertThat(history.newest(BTC).orElseThrow().id()).isEqualTo(4_499);
    assertThat(rest.asked)
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .doesNotContain("since");
    assertThat(new KrakenHistory(new KrakenVenue(List.of()).rest(), Kraken.REST, CLOCK).newest(BTC))
        .isEmpty();
  }

  @Test
  void theNewestTradeIsOneEvenIfItCannotBeUsed() {
    String body =
        "{\"error\":[],\"result\":{\"X\":[[\"-1\",\"1\",1688669597.8,\"b\",\"m\",\"\",11]],"
            + "\"last\":\"1\"}}";

    assertThat(saying(body).newest(BTC)).contains(new TradeMark(11, 1_688_669_597_800_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "BTC/USD, XBTUSD",
    "DOGE/BTC, XDGXBT",
    "ETH/EUR, ETHEUR",
    "WBTC/USD, WBTCUSD",
    "ODD, ODD"
  })
  void aPairIsSpelledAsRestTakesIt(String symbol, String pair) {
    ScriptedRest asked = new KrakenVenue(List.of()).rest();

    new KrakenHistory(asked, Kraken.REST, CLOCK).newest(new Symbol(symbol));

    assertThat(ScriptedRest.query(asked.asked.getFirst())).containsEntry("pair", pair);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"error\":[\"EGeneral:Too many requests\"]}', RateLimitedException",
    "'{\"error\":[\"EAPI:Rate limit exceeded\"],\"result\":{}}', RateLimitedException",
    "'{\"error\":[\"EService:Throttled: 1700000000\"]}', RateLimitedException",
    "'{\"error\":[\"EQuery:Unknown asset pair\"]}', ConfigException",
    "'{\"error\":[\"EGeneral:Permission denied\"]}', ConfigException",
    "'{\"error\":[\"EService:Unavailable\"]}', UnavailableException",
    "'{\"error\":[\"EService:Busy\"],\"result\":{}}', UnavailableException",
    "'{\"error\":[\"WSomething\",\"EGeneral:Internal error\"]}', UnavailableException",
    "'{\"error\":[]}', UnavailableException",
    "'{\"error\":7,\"result\":{}}', UnavailableException",
    "'{\"error\":[[]],\"result\":{}}', UnavailableException",
    "'[]', UnavailableException",
    "'<html>503</html>', UnavailableException",
    "'{\"error\":[],\"result\":{\"X\":[[\"1\",\"1\",1688669597.8,\"b\",\"m\",\"\"]]}}', UnavailableException",
    "'{\"error\":[],\"result\":{\"X\":[{}]}}', UnavailableException",
    "'{\"error\":[],\"result\":{\"X\":[[\"1\"', UnavailableException"
  })
  void anAnswerThatIsNoPageIsAnErrorOfItsKind(String body, String kind) {
    assertThatThrownBy(() -> saying(body).page(BTC, new TradeMark(10, 1), new TradeMark(13, 2)))
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind));
  }

  @Test
  void errorsSayWhatKrakenSaysAndWhatWasAskedFor() {
    assertThatThrownBy(() -> saying("{\"error\":[\"EQuery:Unknown asset pair\"]}").newest(BTC))
        .isInstanceOf(ConfigException.class)
        .hasMessage("kraken says: EQuery:Unknown asset pair (asked for XBTUSD)");
    assertThatThrownBy(() -> saying("{\"error\":[\"EGeneral:Too many requests\"]}").newest(BTC))
        .isInstanceOfSatisfying(
            RateLimitedException.class, e -> assertThat(e.retryAfter()).isPositive());
  }

  @Test
  void warningsDoNotSpoilAPage() {
    String body = "{\"error\":[\"WDatabase:Slow\"],\"result\":{\"X\":[],\"last\":\"1\"}}";

    assertThat(saying(body).page(BTC, new TradeMark(10, 1), new TradeMark(13, 2)).shown())
        .isEmpty();
  }

  @Test
  void anyHoleOfAnyTapeIsFilledWithEachIdOnce() {
    Property.check(
        60,
        choices -> {
          int count = choices.nextInt(3, 2_600);
          List<TapeTrade> any = TapeTrade.tape(choices, BTC, choices.nextLong(1L << 40), count);
          KrakenVenue like = new KrakenVenue(any);
          like.inclusive = choices.nextBoolean();
          like.scientific = choices.nextBoolean();
          int below = choices.nextInt(count - 2);
          int above = choices.nextInt(below + 2, count);

          Refill refill =
              Refill.of(
                  new KrakenHistory(like.rest(), Kraken.REST, CLOCK),
                  BTC,
                  any.get(below).mark(),
                  any.get(above).mark());

          assertThat(refill.trades)
              .extracting(Tick::seq)
              .containsExactlyElementsOf(ids(any.get(below).id() + 1, any.get(above).id() - 1));
          assertThat(refill.open).isEmpty();
          assertThat(refill.keptFrom).isZero();
          for (Tick trade : refill.trades) {
            long exact = any.get((int) (trade.seq() - any.getFirst().id())).micros();
            assertThat(trade.srcMicros()).isBetween(exact - 1, exact + 1);
          }
        });
  }

  @Test
  void garbageOverRestIsNothingButAnError() {
    String body = page(tape.subList(100, 103));
    Property.check(
        2_000,
        choices -> {
          char[] text = body.toCharArray();
          for (int i = choices.nextInt(1, 6); i > 0; i--) {
            text[choices.nextInt(text.length)] = (char) choices.nextInt(128);
          }
          KrakenHistory feed = saying(choices.show("body", new String(text)));

          try {
            HistoryPage page = feed.page(BTC, mark(1_100), mark(1_104));
            assertThat(page.trades().size() + page.unusable().size()).isLessThanOrEqualTo(3);
          } catch (UnavailableException e) {
            assertThat(e).hasMessageContaining("kraken");
          }
        });
  }

  private static KrakenHistory saying(String body) {
    return new KrakenHistory(ScriptedRest.saying(body), Kraken.REST, CLOCK);
  }

  private static String page(List<TapeTrade> rows) {
    KrakenVenue venue = new KrakenVenue(rows);
    return venue.rest().get(URI.create("https://x/?pair=X&since=0"), 1);
  }

  private TradeMark mark(long id) {
    return tape.get((int) (id - 1_000)).mark();
  }

  private static List<Long> ids(HistoryPage page) {
    return page.trades().stream().map(Tick::seq).toList();
  }

  private static List<Long> ids(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
