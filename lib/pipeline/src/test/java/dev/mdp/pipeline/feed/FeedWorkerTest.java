package dev.mdp.pipeline.feed;

import static dev.mdp.pipeline.feed.FeedShop.BTC;
import static dev.mdp.pipeline.feed.FeedShop.ETH;
import static dev.mdp.pipeline.feed.FeedShop.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.testkit.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedWorkerTest {
  private final FeedShop shop = new FeedShop(3, Faults.NONE);
  private final TapeVenue venue = shop.venue;

  @Test
  void tradesAreSentOnceHoweverOftenTheyCome() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    List<Tick> trades = venue.trade(BTC, 20);

    venue.stream(trades);
    venue.stream(trades.subList(5, 20));
    shop.poll(worker, Duration.ofSeconds(2));
    venue.stream(trades.subList(19, 20));
    shop.poll(worker, Duration.ofSeconds(2));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 20));
    assertThat(shop.ticks()).allMatch(tick -> tick.lane().equals(MarketEvent.LIVE));
    assertThat(worker.tally().known()).isEqualTo(16);
    assertThat(shop.gaps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1_000, 1_001, 100_000})
  void aHoleIsFilledInALaneOfItsOwnThatEnds(int size) {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));

    venue.trade(BTC, size);
    venue.disconnect();
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(20));

    int all = size + 20;
    assertThat(shop.published(BTC)).isEqualTo(ids(1, all));
    assertThat(shop.ticks().stream().filter(tick -> Lanes.isFill(tick.lane())).count())
        .isEqualTo(size);
    assertThat(shop.ends()).extracting(LaneEnd::lane).contains("fill-1-0").allMatch(Lanes::isFill);
    assertThat(worker.tally().openGaps()).isZero();
    assertThat(shop.gaps()).isNotEmpty().allMatch(gap -> gap.endsWith(" filled"));
  }

  @Test
  void tradesAfterAShortHoleWaitUntilItIsFilled() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.ticks()).extracting(Tick::seq).isEqualTo(ids(1, 25));
  }

  @Test
  void aHoleAtTheHeadIsFoundThoughNoTradeFollows() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.disconnect();
    venue.trade(BTC, 40);
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 50));
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(2));
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 51));
    assertThat(shop.gaps()).containsExactly("11–50 filled");
  }

  /// The last trade of a quiet symbol comes again with each subscription, and the first time when
  /// it was missed before: long after other symbols have closed its windows.
  @Test
  void aLiveTradeThatIsBehindItsShardIsSentAsAFill() {
    FeedShop one = new FeedShop(1, Faults.NONE);
    FeedWorker worker = one.worker();
    one.poll(worker, Duration.ofSeconds(1));
    List<Tick> missed = one.venue.trade(ETH, 1);
    one.clock.advance(Duration.ofSeconds(20));
    one.venue.stream(one.venue.trade(BTC, 1));
    one.poll(worker, Duration.ofSeconds(1));
    one.venue.stream(missed);
    one.poll(worker, Duration.ofSeconds(1));
    one.venue.stream(one.venue.trade(ETH, 1));
    one.poll(worker, Duration.ofSeconds(1));

    assertThat(one.ticks())
        .extracting(tick -> tick.symbol() + " " + Lanes.isFill(tick.lane()))
        .containsExactly(BTC + " false", ETH + " true", ETH + " false");
    assertThat(one.ends()).extracting(LaneEnd::lane).containsExactly("fill-1-0");
  }

  /// The cut and the trade that shows the hole come in different reads.
  @Test
  void aHoleSaysWhyItIsThere() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.disconnect();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 5));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 2);
    venue.stream(venue.trade(BTC, 3));
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.reasons()).containsExactly("11–15 disconnected", "21–22 skipped");
  }

  @Test
  void aHoleAtTheHeadIsFoundThoughTheVenueCouldNotBeAskedAtFirst() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.disconnect();
    venue.trade(BTC, 40);
    venue.historyIsAway(true);
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(5));
    venue.historyIsAway(false);
    shop.poll(worker, Duration.ofSeconds(15));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 50));
  }

  @Test
  void aSymbolThatTheVenueForgotIsFoundByItsSilence() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    for (int second = 0; second < 20; second++) {
      venue.stream(venue.trade(BTC, 2));
      shop.poll(worker, Duration.ofSeconds(1));
    }
    venue.trade(BTC, 60);
    shop.poll(worker, Duration.ofSeconds(40));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 100));
    assertThat(venue.renewed).containsExactly(BTC);
  }

  /// What is live does not wait for holes: while the venue is slow to give a page, or the budget
  /// makes it wait, the newest trade of another series is asked for.
  @Test
  void theNewestTradeIsAskedForWhileAPageIsAwaited() {
    List<Runnable> held = new ArrayList<>();
    List<Runnable> asked = new ArrayList<>();
    FeedWorker worker =
        shop.worker(
            List.of(BTC, ETH),
            request -> {
              asked.add(request);
              if (held.isEmpty()) {
                held.add(request); // the first page of BTC, which does not come
              } else {
                request.run();
              }
            });
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    venue.stream(venue.trade(ETH, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 5_000);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(1));
    assertThat(asked).hasSize(1);

    venue.disconnect();
    venue.tell(new FeedNotice.Live(ETH, Micros.of(shop.clock.instant())));
    venue.trade(ETH, 7);
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.gaps()).contains("11–17 open");
    held.getFirst().run();
    shop.poll(worker, Duration.ofSeconds(20));
    assertThat(shop.published(ETH)).isEqualTo(ids(1, 17));
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 5_011));
  }

  private FeedNotice live() {
    return live(BTC);
  }

  private FeedNotice live(Symbol symbol) {
    return new FeedNotice.Live(symbol, Micros.of(shop.clock.instant()));
  }

  @Test
  void aTradeThatTheVenueAnnouncedAndDidNotSendIsAskedForAtOnce() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(2));
    venue.trade(BTC, 2);
    venue.tell(new FeedNotice.Head(BTC, 12, Micros.of(shop.clock.instant())));
    shop.poll(worker, Duration.ofSeconds(4));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 12));
  }

  @Test
  void aHoleHasTheReasonForWhichItIsThere() {
    FeedWorker worker = shop.worker();
    venue.tell(live(BTC));
    venue.tell(live(ETH));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    venue.stream(venue.trade(ETH, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.disconnect();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 2);
    venue.trade(ETH, 5);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(3));
    venue.stream(venue.trade(ETH, 1));
    shop.poll(worker, Duration.ofSeconds(3));
    venue.trade(BTC, 3);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(3));

    assertThat(shop.reasons())
        .containsExactly("11–12 disconnected", "11–15 disconnected", "14–16 skipped");
  }

  @Test
  void holesThatAPageHasRoomForAreFilledFromOne() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 1));
    for (int i = 0; i < 2_000; i++) {
      venue.trade(BTC, 1);
      venue.stream(venue.trade(BTC, 1));
    }
    shop.poll(worker, Duration.ofSeconds(20));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 4_001));
    assertThat(venue.pages).isLessThan(10);
    assertThat(shop.gaps()).hasSize(2_000).allMatch(gap -> gap.endsWith(" filled"));
  }

  @Test
  void aSymbolOfWhichNothingComesIsRefusedWhenTheVenueDoesNotHaveIt() {
    FeedWorker worker = shop.worker();
    venue.doesNotKnow(BTC);
    venue.tell(live(BTC)); // as Binance confirms whatever it is asked for
    venue.tell(live(ETH));
    venue.trade(ETH, 1);
    shop.poll(worker, Duration.ofSeconds(40));

    assertThat(shop.states(BTC)).endsWith("refused");
    assertThat(shop.states(ETH)).endsWith("live");
    venue.disconnect();
    shop.poll(worker, Duration.ofSeconds(2));
    assertThat(shop.states(BTC)).endsWith("refused");
    assertThat(shop.states(ETH)).endsWith("down");

    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(2));
    assertThat(shop.states(BTC)).endsWith("live");
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 1));
  }

  @Test
  void onlyTheSymbolsOfTheSocketThatEndedAreDown() {
    FeedWorker worker = shop.worker();
    venue.tell(live(BTC));
    venue.tell(live(ETH));
    shop.poll(worker, Duration.ofSeconds(2));

    // one of two sockets ends, then the other
    venue.tell(new FeedNotice.NotLive(BTC, Micros.of(shop.clock.instant()), "closed"));
    shop.poll(worker, Duration.ofSeconds(2));
    assertThat(shop.states(BTC)).endsWith("down");
    assertThat(shop.states(ETH)).endsWith("live");
    venue.disconnect();
    shop.poll(worker, Duration.ofSeconds(2));
    venue.tell(live(BTC));
    shop.poll(worker, Duration.ofSeconds(2));

    assertThat(shop.states(BTC)).endsWith("live", "down", "live");
    assertThat(shop.states(ETH)).endsWith("live", "down");
  }

  @Test
  void tradesDoNotWaitLongForAVenueThatIsAway() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.historyIsAway(true);
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(8));

    assertThat(shop.published(BTC)).hasSize(20).doesNotContain(11L, 15L);
    assertThat(shop.gaps()).containsExactly("11–15 open");
    venue.historyIsAway(false);
    shop.poll(worker, Duration.ofMinutes(6));
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 25));
  }

  @Test
  void whatTheVenueDoesNotHaveIsVoidAfterAMinute() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.neverHad(13, 14);
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(30));

    assertThat(shop.gaps()).contains("13–14 open", "11–12 filled", "15 filled");
    shop.poll(worker, Duration.ofSeconds(60));
    assertThat(shop.gaps()).contains("13–14 void").doesNotContain("13–14 open");
    assertThat(shop.published(BTC)).hasSize(14);
  }

  @Test
  void whatTheVenueDoesNotKeepAnyMoreIsGone() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 50);
    venue.keepsFrom(40);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker, Duration.ofSeconds(10));

    assertThat(shop.gaps()).containsExactlyInAnyOrder("11–39 gone", "40–60 filled");
    assertThat(worker.tally().openGaps()).isZero();
  }

  @Test
  void aTradeThatIsNoneIsADeadLetterAndNoHole() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.refuses(5);
    venue.refuses(12);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 5));
    shop.poll(worker, Duration.ofSeconds(5));

    assertThat(shop.bus.deadLetters())
        .extracting(DeadLetter::reason, letter -> letter.position().major())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bad_price", 5L),
            org.assertj.core.groups.Tuple.tuple("bad_price", 12L));
    assertThat(shop.published(BTC)).hasSize(18).doesNotContain(5L, 12L);
    assertThat(shop.gaps()).contains("5 dead-lettered", "12 dead-lettered").noneMatch(this::isOpen);
  }

  private boolean isOpen(String gap) {
    return gap.endsWith(" open");
  }

  @Test
  void aProcessThatDiedBeforeItsNoteFindsItsTradesInTheLog() {
    FeedWorker first = shop.worker();
    shop.poll(first, Duration.ofSeconds(1));
    List<Tick> trades = venue.trade(BTC, 30);
    venue.stream(trades);
    first.poll(); // published, and not noted

    shop.clock.advance(FeedShop.LEASE.plusSeconds(1));
    venue.lose();
    FeedWorker second = shop.worker();
    shop.poll(second, Duration.ofSeconds(1));
    venue.stream(trades.subList(10, 30));
    venue.stream(venue.trade(BTC, 5));
    shop.poll(second, Duration.ofSeconds(5));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 35));
  }

  @Test
  void whatWasMissedWhileNoProcessRanIsFilled() {
    FeedWorker first = shop.worker();
    shop.poll(first, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 30));
    shop.poll(first, Duration.ofSeconds(3));
    first.drain();

    venue.trade(BTC, 3_000);
    FeedWorker second = shop.worker();
    shop.poll(second, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 1));
    shop.poll(second, Duration.ofSeconds(10));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 3_031));
  }

  @Test
  void aHoleThatWasOpenAtTheEndIsFilledByTheNextProcess() {
    FeedWorker first = shop.worker();
    shop.poll(first, Duration.ofSeconds(1));
    venue.historyIsAway(true);
    venue.stream(venue.trade(BTC, 30));
    shop.poll(first, Duration.ofSeconds(1));
    venue.trade(BTC, 7);
    venue.stream(venue.trade(BTC, 1));
    shop.poll(first, Duration.ofSeconds(8));
    first.drain();

    venue.historyIsAway(false);
    FeedWorker second = shop.worker();
    shop.poll(second, Duration.ofSeconds(10));

    assertThat(shop.published(BTC)).isEqualTo(ids(1, 38));
    assertThat(shop.gaps()).containsExactly("31–37 filled");
  }

  @Test
  void aSecondProcessStandsByAndTakesOver() {
    FeedWorker first = shop.worker();
    FeedWorker second = shop.worker();
    shop.poll(first, Duration.ofSeconds(1));
    second.poll();
    assertThat(second.isStandingBy()).isTrue();
    venue.stream(venue.trade(BTC, 10));
    shop.poll(first, Duration.ofSeconds(3));

    // The first one stands still, and does not know it.
    shop.clock.advance(FeedShop.LEASE.plusSeconds(1));
    shop.poll(second, Duration.ofSeconds(2));
    assertThat(second.isStandingBy()).isFalse();
    venue.stream(venue.trade(BTC, 10));
    shop.poll(second, Duration.ofSeconds(2));
    venue.stream(venue.trade(BTC, 1));
    first.poll();

    assertThat(first.isStandingBy()).isTrue();
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 20));
  }

  @Test
  void idsThatBeginAgainAreAnotherEpoch() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 5_000));
    shop.poll(worker, Duration.ofSeconds(3));
    long now = Micros.of(shop.clock.instant());
    Tick again = venue.tape(BTC).getFirst();
    venue.stream(
        List.of(
            new Tick(
                again.provider(), again.lane(), BTC, now, 1, 7, 7, Tick.ABSENT, Tick.ABSENT, now)));
    shop.poll(worker, Duration.ofSeconds(3));

    assertThat(shop.ticks().stream().filter(tick -> tick.seq() == 1)).hasSize(2);
    assertThat(shop.gaps()).isEmpty();
  }

  @Test
  void aLogThatWasFlushedForgivesNothing() {
    AtomicReference<FeedWorker> worker = new AtomicReference<>(shop.worker());
    shop.poll(worker.get(), Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 100));
    venue.stream(venue.trade(ETH, 10));
    shop.poll(worker.get(), Duration.ofSeconds(3));
    shop.stored.addAll(venue.tape(BTC).subList(0, 60));

    for (int shard = 0; shard < shop.bus.shards(); shard++) {
      shop.bus.log(shard).loseTail(shop.bus.log(shard).length());
    }
    shop.poll(worker.get(), Duration.ofSeconds(5));
    venue.stream(venue.trade(BTC, 1));
    shop.poll(worker.get(), Duration.ofSeconds(10));

    assertThat(shop.gaps()).contains("61–100 filled", "1–10 filled");
    assertThat(worker.get().tally().openGaps()).isZero();
  }

  @Test
  void whatAServerLostInItsEndIsPublishedAgainThoughMoreFollowed() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(2));
    venue.stream(venue.trade(BTC, 5));
    worker.poll();
    for (int shard = 0; shard < shop.bus.shards(); shard++) {
      shop.bus.log(shard).restart(Math.min(5, shop.bus.log(shard).length()));
    }
    venue.stream(venue.trade(BTC, 5));
    shop.poll(worker, Duration.ofSeconds(10));
    shop.storeTicks(Integer.MAX_VALUE);

    assertThat(shop.stored).extracting(Tick::seq).containsAll(ids(1, 20));
  }

  @Test
  void whatWasTrimmedBeforeItWasStoredIsPublishedAgain() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(2));
    shop.storeTicks(6);
    for (int shard = 0; shard < shop.bus.shards(); shard++) {
      shop.bus.log(shard).loseHead(shop.bus.log(shard).length());
    }
    venue.stream(venue.trade(BTC, 5));
    shop.poll(worker, Duration.ofSeconds(3));
    shop.storeTicks(Integer.MAX_VALUE);
    shop.poll(worker, Duration.ofSeconds(10));
    shop.storeTicks(Integer.MAX_VALUE);

    assertThat(shop.stored).extracting(Tick::seq).containsAll(ids(1, 15));
    assertThat(shop.gaps()).contains("7–10 filled");
  }

  @Test
  void aShardThatIsClaimedAgainIsLiveWithoutAWordOfTheVenue() {
    FeedWorker worker = shop.worker();
    venue.tell(live());
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(2));
    for (int shard = 0; shard < shop.bus.shards(); shard++) {
      shop.bus.log(shard).restart(0);
    }
    shop.poll(worker, Duration.ofSeconds(3));

    venue.trade(BTC, 3);
    shop.poll(worker, Duration.ofSeconds(320));
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 13));
    assertThat(shop.store.intervals(TapeVenue.PROVIDER))
        .filteredOn(each -> each.symbol().equals(BTC))
        .last()
        .returns(FeedInterval.State.LIVE, FeedInterval::state);
  }

  @Test
  void aDatabaseThatWentBackIsToldAgainWhatWasFilledSince() {
    FeedWorker worker = shop.worker();
    shop.poll(worker, Duration.ofSeconds(1));
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(1));
    venue.historyIsAway(true);
    venue.trade(BTC, 5);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofSeconds(8));
    assertThat(shop.gaps()).containsExactly("11–15 open");
    Runnable restore = shop.store.backUp();

    venue.historyIsAway(false);
    venue.stream(venue.trade(BTC, 10));
    shop.poll(worker, Duration.ofMinutes(6));
    assertThat(shop.gaps()).containsExactly("11–15 filled");
    restore.run();
    shop.poll(worker, Duration.ofSeconds(30));

    assertThat(shop.gaps()).containsExactly("11–15 filled");
    assertThat(shop.published(BTC)).isEqualTo(ids(1, 35));
    assertThat(worker.tally().openGaps()).isZero();
  }
}
