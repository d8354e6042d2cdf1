package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feed.IdRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapeTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void equalSeedsGiveEqualTrades() {
    Tape one = Tape.seeded(7).symbol("BTC-USD", 500).symbol("ETH-USD", 100).build();
    Tape other = Tape.seeded(7).symbol("ETH-USD", 100).symbol("BTC-USD", 500).build();
    Tape another = Tape.seeded(8).symbol("BTC-USD", 500).build();

    assertThat(one.trades("BTC-USD")).isEqualTo(other.trades("BTC-USD"));
    assertThat(one.trades("ETH-USD")).isEqualTo(other.trades("ETH-USD"));
    assertThat(one.trades("BTC-USD")).isNotEqualTo(another.trades("BTC-USD"));
  }

  @Test
  void idsAreContiguousFromTheFirst() {
    Tape tape = Tape.seeded(1).firstId(3_735_683_259L).symbol("BTCUSDT", 1_000).build();

    assertThat(tape.ids("BTCUSDT").ranges())
        .containsExactly(new IdRange(3_735_683_259L, 3_735_684_258L));
    assertThat(tape.trades("BTCUSDT").getFirst().id()).isEqualTo(3_735_683_259L);
  }

  @Test
  void timesNeverGoBackAndSomeAreEqual() {
    List<Trade> trades = Tape.seeded(1).symbol("A", 2_000).build().trades("A");

    int equal = 0;
    for (int i = 1; i < trades.size(); i++) {
      assertThat(trades.get(i).nanos()).isGreaterThanOrEqualTo(trades.get(i - 1).nanos());
      equal += trades.get(i).nanos() == trades.get(i - 1).nanos() ? 1 : 0;
    }
    assertThat(equal).isBetween(400, 800);
    assertThat(trades.getFirst().micros()).isEqualTo(START.toEpochMilli() * 1_000);
  }

  @Test
  void missingIdsAreOnNoTrade() {
    Tape tape = Tape.seeded(1).symbol("A", 100).without("A", 10, 12).without("A", 50, 50).build();

    assertThat(tape.ids("A").ranges())
        .containsExactly(new IdRange(1, 9), new IdRange(13, 49), new IdRange(51, 100));
    assertThat(tape.trades("A")).hasSize(96);
  }

  @Test
  void simultaneousTradesShareOneTime() {
    List<Trade> trades =
        Tape.seeded(1).symbol("A", 2_000).simultaneous("A", 101, 1_600).build().trades("A");

    assertThat(trades.subList(100, 1_600))
        .extracting(Trade::nanos)
        .containsOnly(trades.get(100).nanos());
    assertThat(trades.get(1_700).nanos()).isGreaterThan(trades.get(100).nanos());
  }

  @Test
  void pauseIsATimeBetweenConsecutiveIds() {
    List<Trade> trades =
        Tape.seeded(1).symbol("A", 100).pause("A", 40, Duration.ofHours(2)).build().trades("A");

    long gap = trades.get(40).nanos() - trades.get(39).nanos();
    assertThat(trades.get(40).id()).isEqualTo(41);
    assertThat(Duration.ofNanos(gap)).isBetween(Duration.ofHours(2), Duration.ofMinutes(121));
  }

  @Test
  void aggregatesHoldEachTradeOnce() {
    Tape tape = Tape.seeded(3).symbol("A", 1_000).without("A", 20, 25).build();

    List<Aggregate> aggregates = tape.aggregates("A");

    long size = tape.trades("A").stream().mapToLong(Trade::size).sum();
    assertThat(aggregates.size()).isBetween(600, 950);
    assertThat(aggregates.stream().mapToLong(Aggregate::size).sum()).isEqualTo(size);
    assertThat(aggregates.getFirst().firstId()).isEqualTo(1);
    assertThat(aggregates.getLast().lastId()).isEqualTo(1_000);
    for (int i = 0; i < aggregates.size(); i++) {
      assertThat(aggregates.get(i).id()).isEqualTo(i + 1L);
    }
  }

  @Test
  void neighboursOfOneOrderAndPriceAreOneAggregate() {
    Trade first = new Trade(1, 1_000, 5, 10, true, 77);
    Trade same = new Trade(2, 1_000, 5, 20, true, 77);
    Trade worse = new Trade(3, 1_000, 6, 40, true, 77);
    Tape tape = Tape.of(Map.of("A", List.of(first, same, worse)));

    assertThat(tape.aggregates("A"))
        .containsExactly(
            new Aggregate(1, 1, 2, 1_000, 5, 30, true), new Aggregate(2, 3, 3, 1_000, 6, 40, true));
  }

  @Test
  void orderOfTimeMergesSymbolsAndKeepsEachInItsOwn() {
    Tape tape = Tape.seeded(1).symbol("A", 300).symbol("B", 200).symbol("C", 0).build();

    int[] order = tape.inOrderOfTime();

    assertThat(order).hasSize(500);
    assertThat(Arrays.stream(order).filter(place -> place == 0).count()).isEqualTo(300);
    int[] next = new int[3];
    long before = Long.MIN_VALUE;
    for (int place : order) {
      long nanos = tape.all().get(place).nanos(next[place]++);
      assertThat(nanos).isGreaterThanOrEqualTo(before);
      before = nanos;
    }
  }

  @Test
  void givenTradesAreKeptToTheLastDigit() {
    Trade trade =
        Trade.of(
            9, Instant.parse("2024-08-09T00:00:00.123456789Z"), "61837.63000000", "0.02", true);
    Tape tape = Tape.of(Map.of("BTCUSDT", List.of(trade)));

    assertThat(tape.trades("BTCUSDT")).containsExactly(trade);
    assertThat(trade.priceValue()).isEqualTo(61837.63);
    assertThat(trade.sizeValue()).isEqualTo(0.02);
    assertThat(trade.micros()).isEqualTo(1_723_161_600_123_456L);
  }

  @Test
  void idsThatDoNotAscendAreRefused() {
    Trade first = Trade.of(2, START, "1", "1", true);

    assertThatThrownBy(() -> Tape.of(Map.of("A", List.of(first, first))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A: trade 2 follows trade 2; a tape's ids ascend");
  }

  @Test
  void unknownSymbolIsNamedWithThoseThereAre() {
    Tape tape = Tape.seeded(1).symbol("A", 1).build();

    assertThatThrownBy(() -> tape.ids("B"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no symbol 'B' on the tape (it has: [A])");
  }
}
