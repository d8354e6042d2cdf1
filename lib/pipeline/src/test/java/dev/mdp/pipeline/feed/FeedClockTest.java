package dev.mdp.pipeline.feed;

import static dev.mdp.pipeline.feed.FeedShop.BTC;
import static dev.mdp.pipeline.feed.FeedShop.ETH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.testkit.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A venue's clock against ours, of which trades may be 5 s ahead.
class FeedClockTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  private final FeedShop shop = new FeedShop(3, Faults.NONE);
  private final TapeVenue venue = shop.venue;
  private final FeedWorker worker = shop.worker();

  @Test
  void aClockFarAheadEndsTheFeedWithOneSentenceAndNoTrade() {
    assertThatThrownBy(
            () -> {
              for (int second = 0; second < 60; second++) {
                trades(BTC, 500, TEN);
                trades(ETH, 500, TEN);
                tell(TEN);
                shop.poll(worker, Duration.ofSeconds(1));
              }
            })
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "the clock of venue is (9|10)\\.\\d s ahead of this machine's, and trades more than 5\\.0 s"
                + " ahead are refused \\(micro_batch\\.max_future_ms\\): set this machine's clock right,"
                + " see timedatectl or chronyc tracking");
    worker.abandon();

    assertThat(shop.ticks()).isEmpty();
  }

  @Test
  void aVenueWithoutTimesInItsMessagesIsJudgedByItsTrades() {
    assertThatThrownBy(
            () -> {
              for (int second = 0; second < 60; second++) {
                trades(BTC, 5, TEN);
                shop.poll(worker, Duration.ofSeconds(1));
              }
            })
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void aClockThatIsSetWrongWhileItRunsEndsItWithinSeconds() {
    run(60, Duration.ZERO, Duration.ZERO);
    int before = shop.ticks().size();

    assertThatThrownBy(() -> run(10, TEN, TEN)).isInstanceOf(ConfigException.class);

    assertThat(shop.ticks().size() - before).as("published of the wrong ones").isLessThan(25);
  }

  @Test
  void oneSymbolWithWrongTimesEndsNothing() {
    run(120, TEN, Duration.ZERO);

    assertThat(shop.published(ETH)).hasSize(120 * 10);
    assertThat(shop.published(BTC)).hasSize(120 * 10);
  }

  @Test
  void oneFrameWithAWrongTimeEndsNothing() {
    for (int minute = 0; minute < 10; minute++) {
      run(20, Duration.ZERO, Duration.ZERO);
      trades(BTC, 1, Duration.ofDays(9));
      trades(ETH, 1, Duration.ofDays(9));
      tell(Duration.ofDays(9));
      shop.poll(worker, Duration.ofSeconds(1));
    }
    shop.poll(worker, Duration.ofSeconds(6)); // nothing follows the last one that could clear it

    assertThat(shop.published(BTC)).hasSize(10 * 201);
  }

  @Test
  void lateMessagesEndNothing() {
    run(120, TEN.negated(), TEN.negated());

    assertThat(shop.published(BTC)).hasSize(120 * 10);
  }

  @Test
  void aClockALittleAheadEndsNothing() {
    run(120, Duration.ofMillis(4_900), Duration.ofMillis(4_900));

    assertThat(shop.published(BTC)).hasSize(120 * 10);
  }

  @Test
  void tradesDoNotWaitWhileTheClocksAgree() {
    venueIsRead();
    trades(BTC, 10, Duration.ZERO);
    worker.poll();

    assertThat(shop.published(BTC)).hasSize(10);
  }

  @Test
  void tradesOfTheFirstMomentsWaitForTheVerdictAndThenGo() {
    venueIsRead();
    trades(BTC, 10, TEN);
    worker.poll();
    assertThat(shop.published(BTC)).isEmpty();

    run(3, Duration.ZERO, Duration.ZERO);
    assertThat(shop.published(BTC)).hasSize(40);
  }

  private void venueIsRead() {
    shop.poll(worker, Duration.ofSeconds(1));
  }

  /// Ten trades of each symbol a second, and a message that agrees with those of ETH.
  private void run(int seconds, Duration btcAhead, Duration ethAhead) {
    venueIsRead();
    for (int second = 0; second < seconds; second++) {
      trades(BTC, 10, btcAhead);
      trades(ETH, 10, ethAhead);
      tell(ethAhead);
      shop.poll(worker, Duration.ofSeconds(1));
    }
    shop.poll(worker, Duration.ofSeconds(1));
  }

  private void tell(Duration ahead) {
    venue.tell(new FeedNotice.ClockOffset(ahead));
  }

  /// Trades whose times are this much ahead of ours.
  private void trades(Symbol symbol, int count, Duration ahead) {
    List<Tick> trades =
        venue.trade(symbol, count).stream().map(trade -> moved(trade, ahead)).toList();
    venue.stream(trades);
  }

  private static Tick moved(Tick trade, Duration by) {
    return new Tick(
        trade.provider(),
        trade.lane(),
        trade.symbol(),
        trade.srcMicros() + Micros.of(by),
        trade.seq(),
        trade.price(),
        trade.size(),
        trade.bid(),
        trade.ask(),
        trade.ingestMicros());
  }
}
