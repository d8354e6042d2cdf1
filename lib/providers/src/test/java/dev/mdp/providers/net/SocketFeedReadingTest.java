package dev.mdp.providers.net;

import static dev.mdp.providers.net.FeedRig.A;
import static dev.mdp.providers.net.FeedRig.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.ClockOffset;
import dev.mdp.core.feed.FeedNotice.Head;
import dev.mdp.core.feed.FeedNotice.Unreadable;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.UnusableTrade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SocketFeedReadingTest {
  @Test
  void whatADialectCannotReadIsANoticeAndNoEnd() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().text("T A 1\nBOOM \u001b[31m here\nT A 2");
    rig.socket().text("T A 3");
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log.ids(A)).containsExactly(1L, 3L);
    assertThat(rig.log.notices(Unreadable.class))
        .singleElement()
        .extracting(Unreadable::detail)
        .asString()
        .startsWith("cannot read a message of 27 characters (java.lang.IllegalArgumentException:")
        .contains("not a word: BOOM")
        .doesNotContain("\u001b");
    assertThat(rig.ends()).isEmpty();
  }

  @Test
  void aLongMessageIsShownByItsBeginning() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().text("<html>" + "x".repeat(100_000));
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log.notices(Unreadable.class).getFirst().detail())
        .contains("100006 characters")
        .endsWith("…")
        .hasSizeLessThan(100_000 + 400);
  }

  @Test
  void aBinaryMessageIsANotice() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().unreadable("a binary message");
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log.notices(Unreadable.class))
        .containsExactly(new Unreadable("a binary message"));
  }

  @Test
  void passesOnWhatTheVenueSaysOfItself() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().text("OFFSET -1500\nHEAD A 77\nHEAD B 78\nBAD A 9");
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log.notices(ClockOffset.class))
        .containsExactly(new ClockOffset(Duration.ofMillis(-1500)));
    assertThat(rig.log.notices(Head.class)).extracting(Head::id).containsExactly(77L);
    assertThat(rig.log.unusable()).extracting(UnusableTrade::reason).containsExactly("bad_price");
  }

  @Test
  void aFrameIsNeverCut() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.socket().text("T A 1\nT A 2\nT A 3");
    rig.socket().text("T A 4");

    int first = rig.feed.poll(2, Duration.ZERO, rig.log);

    assertThat(first).isEqualTo(3);
    assertThat(rig.log.ids(A)).containsExactly(1L, 2L, 3L);
    assertThat(rig.feed.poll(2, Duration.ZERO, rig.log)).isEqualTo(1);
  }

  @Test
  void handsOnNothingOfSymbolsThatNoOneWants() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().text("T B 1\nLIVE B\nT A 1");
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.log.trades()).extracting(Tick::symbol).containsExactly(A);
    assertThat(rig.log.isLive(B)).isFalse();
  }

  @Test
  void waitsNoLongerThanItWasTold() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    long before = rig.time.nanos();

    assertThat(rig.feed.poll(10, Duration.ofMillis(700), rig.log)).isZero();

    assertThat(rig.time.nanos() - before).isEqualTo(700_000_000L);
  }

  @Test
  void whatIsNotTakenInTimeEndsTheConnectionAndLosesNothingBefore() {
    FeedRig rig = new FeedRig(new LineDialect(LineDialect.LIMITS, 10), 100_000);
    rig.venue.ping();
    rig.subscribe(A);
    MemorySocket first = rig.socket();

    long id = 0;
    while (first.isOpen()) {
      rig.venue.trade(A, ++id);
      assertThat(id).isLessThan(1_000);
    }
    long lost = id;
    rig.venue.trade(A, ++id);
    assertThat(first.closeReason()).contains("bytes are queued");
    assertThat(rig.venue.connects()).as("while nothing is taken").hasSize(1);

    rig.run(Duration.ofSeconds(5));
    rig.venue.trade(A, ++id);
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.ends()).containsExactly(Cause.OVERFLOW);
    List<Long> expected = LongStream.range(1, lost).boxed().toList();
    assertThat(rig.log.ids(A)).startsWith(expected.toArray(Long[]::new)).endsWith(id);
    assertThat(rig.log.ids(A)).hasSize(expected.size() + 1);
    assertThat(expected).hasSizeGreaterThan(80);
    assertThat(rig.venue.connects()).hasSize(2);
  }

  @Test
  void theEndComesAfterWhatCameBefore() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.venue.trade(A, 1);
    rig.venue.cut();
    List<Object> order = new ArrayList<>();

    rig.feed.poll(
        10,
        Duration.ZERO,
        new FeedListener() {
          @Override
          public void trade(Tick trade) {
            order.add(trade.seq());
          }

          @Override
          public void unusable(UnusableTrade trade) {
            order.add(trade);
          }

          @Override
          public void notice(FeedNotice notice) {
            order.add(notice.getClass());
          }
        });

    assertThat(order).containsExactly(1L, FeedNotice.Disconnected.class);
  }

  @Test
  void isWhatItsDialectIs() {
    FeedRig rig = new FeedRig();

    assertThat(rig.feed.provider()).isEqualTo("lines");
    assertThat(rig.feed.ids()).isEqualTo(TradeIds.CONTIGUOUS);
  }
}
