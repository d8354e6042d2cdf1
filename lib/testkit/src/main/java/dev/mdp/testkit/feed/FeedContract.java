package dev.mdp.testkit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.FeedNotice.Connected;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.core.feed.FeedNotice.Live;
import dev.mdp.core.feed.FeedNotice.Refused;
import dev.mdp.core.feed.LiveFeed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every live feed has to do. Extend it for each; it waits only by polling, so that it is as
/// good for virtual time as for real sockets.
public abstract class FeedContract {
  private static final Duration WAIT = Duration.ofMillis(250);
  private static final int MOST_POLLS = 80;

  private final FeedLog log = new FeedLog();
  private FeedBed bed;
  private LiveFeed feed;
  private Symbol first;
  private Symbol second;
  private Symbol third;

  /// A feed that wants nothing yet, before a venue that is up.
  protected abstract FeedBed open();

  @BeforeEach
  final void openBed() {
    bed = open();
    feed = bed.feed();
    first = bed.symbols().get(0);
    second = bed.symbols().get(1);
    third = bed.symbols().get(2);
  }

  @AfterEach
  final void closeBed() {
    feed.close();
    bed.close();
  }

  @Test
  void handsOnTradesInTheOrderOfTheVenue() {
    subscribe(first, second);

    for (long id = 1; id <= 50; id++) {
      bed.trade(first, id);
      bed.trade(second, 1_000 + id);
    }

    until(() -> log.trades().size() >= 100);
    assertThat(log.ids(first)).isEqualTo(ids(1, 50));
    assertThat(log.ids(second)).isEqualTo(ids(1_001, 1_050));
    assertThat(log.trades()).extracting(Tick::symbol).startsWith(first, second, first, second);
  }

  @Test
  void saysOnceThatItIsConnectedAndThatASymbolIsLive() {
    subscribe(first, second);
    bed.trade(first, 1);
    until(() -> !log.trades().isEmpty());

    assertThat(log.notices().getFirst()).isInstanceOf(Connected.class);
    assertThat(log.notices(Connected.class)).hasSize(1);
    assertThat(log.notices(Live.class))
        .extracting(Live::symbol)
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  void connectsAgainAndSaysWhatWasNotLive() {
    subscribe(first, second);
    bed.trade(first, 1);
    until(() -> log.ids(first).contains(1L));
    log.clear();

    bed.cut();
    until(() -> log.isLive(first) && log.isLive(second));
    bed.trade(first, 2);
    until(() -> log.ids(first).contains(2L));

    List<FeedNotice> notices = log.notices();
    assertThat(notices.getFirst())
        .isInstanceOfSatisfying(
            Disconnected.class,
            ended -> {
              assertThat(ended.cause()).isEqualTo(FeedNotice.Cause.CLOSED);
              assertThat(ended.detail()).isNotBlank();
            });
    assertThat(log.notices(Connected.class)).hasSize(1);
    assertThat(log.notices(Live.class))
        .extracting(Live::symbol)
        .containsExactlyInAnyOrder(first, second);
    assertThat(notices.indexOf(log.notices(Connected.class).getFirst()))
        .isLessThan(notices.indexOf(log.notices(Live.class).getFirst()));
  }

  @Test
  void aRefusedSymbolDoesNotStopTheOthers() {
    bed.refuse(second);

    feed.subscribe(Set.of(first, second, third));
    until(() -> log.isLive(first) && log.isLive(third) && !log.notices(Refused.class).isEmpty());
    bed.trade(first, 1);
    bed.trade(third, 1);
    until(() -> log.trades().size() == 2);

    assertThat(log.notices(Refused.class))
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.symbol()).contains(second);
          assertThat(refused.detail()).isNotBlank();
        });
    assertThat(log.notices(Disconnected.class)).isEmpty();
  }

  @Test
  void aRefusedSymbolIsNotAskedForAgainByItself() {
    bed.refuse(second);
    feed.subscribe(Set.of(first, second));
    until(() -> log.isLive(first) && !log.notices(Refused.class).isEmpty());

    bed.cut();
    until(() -> log.notices(Connected.class).size() == 2 && log.isLive(first));

    assertThat(log.notices(Refused.class)).hasSize(1);
  }

  @Test
  void addsASymbolWithoutEndingTheOthers() {
    subscribe(first);
    log.clear();

    feed.subscribe(Set.of(first, second));
    bed.trade(first, 1);
    until(() -> log.isLive(second) && log.ids(first).contains(1L));
    bed.trade(second, 7);
    until(() -> log.ids(second).contains(7L));

    assertThat(log.notices(Live.class)).extracting(Live::symbol).containsExactly(second);
    assertThat(log.notices(Disconnected.class))
        .allMatch(ended -> ended.cause() == FeedNotice.Cause.PLANNED);
  }

  @Test
  void handsOnNothingOfASymbolThatIsNotWantedAnyMore() {
    subscribe(first, second);

    feed.subscribe(Set.of(second));
    bed.trade(first, 1);
    bed.trade(second, 1);
    until(() -> log.ids(second).contains(1L));

    assertThat(log.ids(first)).isEmpty();
    assertThat(log.isLive(first)).isFalse();
    assertThat(log.isLive(second)).isTrue();
  }

  @Test
  void aSymbolThatIsWantedAgainIsLiveAgain() {
    subscribe(first, second);
    feed.subscribe(Set.of(second));
    until(() -> !log.isLive(first));

    subscribe(first, second);
    bed.trade(first, 9);
    until(() -> log.ids(first).contains(9L));

    assertThat(log.notices(Live.class)).extracting(Live::symbol).contains(first, second);
  }

  @Test
  void tradesHaveTheNameOfTheFeedAndTheLiveLane() {
    subscribe(first);
    bed.trade(first, 77);
    until(() -> !log.trades().isEmpty());

    Tick trade = log.trades().getFirst();
    assertThat(trade.provider()).isEqualTo(feed.provider());
    assertThat(trade.lane()).isEqualTo(MarketEvent.LIVE);
    assertThat(trade.symbol()).isEqualTo(first);
    assertThat(trade.seq()).isEqualTo(77);
    assertThat(trade.price()).isPositive();
    assertThat(trade.ingestMicros()).isPositive();
  }

  @Test
  void littleAtATimeIsTheSameInTheEnd() {
    subscribe(first);
    for (long id = 1; id <= 30; id++) {
      bed.trade(first, id);
    }

    int polls = 0;
    while (log.trades().size() < 30) {
      int before = log.trades().size() + log.notices().size();
      int handed = feed.poll(1, WAIT, log);
      assertThat(log.trades().size() + log.notices().size() - before).isEqualTo(handed);
      assertThat(polls++).isLessThan(MOST_POLLS);
    }

    assertThat(log.ids(first)).isEqualTo(ids(1, 30));
  }

  @Test
  void whatTheListenerThrowsLosesNothingAfterIt() {
    subscribe(first);
    for (long id = 1; id <= 10; id++) {
      bed.trade(first, id);
    }
    FeedListener full = new FailingListener(log, 4);

    assertThatThrownBy(() -> pollOften(full))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");
    until(() -> log.trades().size() == 10);

    assertThat(log.ids(first)).isEqualTo(ids(1, 10));
  }

  @Test
  void wantsNothingAndSaysNothing() {
    feed.subscribe(Set.of());

    assertThat(feed.poll(10, WAIT, log)).isZero();
    assertThat(log.notices()).isEmpty();
  }

  @Test
  void returnsZeroWhenThereIsNothing() {
    subscribe(first);

    assertThat(feed.poll(10, Duration.ZERO, log)).isZero();
  }

  @Test
  void isClosedTwiceAndHandsOnNothingAfter() {
    subscribe(first);
    bed.trade(first, 1);
    log.clear();

    feed.close();
    feed.close();
    feed.subscribe(Set.of(first, second));

    assertThat(feed.poll(10, WAIT, log)).isZero();
    assertThat(log.trades()).isEmpty();
  }

  private void pollOften(FeedListener into) {
    for (int i = 0; i < MOST_POLLS; i++) {
      feed.poll(100, WAIT, into);
    }
  }

  private void subscribe(Symbol... symbols) {
    feed.subscribe(new HashSet<>(List.of(symbols)));
    until(() -> List.of(symbols).stream().allMatch(log::isLive));
  }

  private void until(BooleanSupplier there) {
    for (int i = 0; i < MOST_POLLS && !there.getAsBoolean(); i++) {
      feed.poll(1_000, WAIT, log);
    }
    assertThat(there.getAsBoolean())
        .as("trades %s, notices %s", log.trades(), log.notices())
        .isTrue();
  }

  private static List<Long> ids(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
