package dev.mdp.providers.net;

import static dev.mdp.providers.net.FeedRig.A;
import static dev.mdp.providers.net.FeedRig.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.Connected;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.core.feed.FeedNotice.Live;
import dev.mdp.core.feed.FeedNotice.NotLive;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketFeedReplacementTest {
  private static final Duration DAY = Duration.ofHours(24);

  @Test
  void losesNothingWhenTheVenueEndsConnectionsEachDay() {
    FeedRig rig = new FeedRig(Optional.of(DAY), 10);
    rig.venue.ping();
    // The second connection is the faster one, the third slower again: what is still on its way
    // over the one before must come.
    rig.venue.latency(number -> Duration.ofMillis(number % 2 == 0 ? 900 : 40));
    rig.subscribe(A, B);
    endAfterADay(rig, 0);
    long[] id = {0};
    rig.time.every(Duration.ofSeconds(1), () -> rig.venue.trade(A, ++id[0]));

    rig.run(DAY.multipliedBy(3));

    List<Long> ids = rig.log.ids(A);
    assertThat(ids.getFirst()).isEqualTo(1);
    assertThat(ids.getLast()).isGreaterThanOrEqualTo(id[0] - 1);
    assertThat(FeedRig.distinct(ids).size()).as("lost none").isEqualTo(ids.getLast().intValue());
    assertThat(List.copyOf(new LinkedHashSet<>(ids))).as("no hole that is none").isSorted();
    assertThat(ids.size() - FeedRig.distinct(ids).size()).as("read twice").isBetween(3, 3 * 8);
    assertThat(rig.ends()).containsExactly(Cause.PLANNED, Cause.PLANNED, Cause.PLANNED);
    assertThat(rig.log.notices(Connected.class)).hasSize(1);
    assertThat(rig.log.notices(Live.class)).hasSize(2);
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
  }

  private static void endAfterADay(FeedRig rig, int number) {
    rig.time.after(
        DAY,
        () -> {
          MemorySocket old = rig.venue.all().get(number);
          assertThat(old.isOpen()).as("replaced in time").isFalse();
          endAfterADay(rig, number + 1);
        });
  }

  @Test
  void isReplacedWhenTheVenueSaysThatItWillEnd() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(3));
    assertThat(rig.venue.open()).hasSize(2).allMatch(s -> s.subscribed().contains(A));
    rig.venue.trade(A, 1);
    rig.run(Duration.ofSeconds(10));

    assertThat(rig.venue.open()).hasSize(1).doesNotContain(rig.venue.all().getFirst());
    assertThat(rig.log.ids(A)).containsExactly(1L, 1L);
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    assertThat(rig.venue.all().getFirst().closeReason())
        .isEqualTo("another connection has taken its place");
  }

  @Test
  void isReplacedWhenTheCallerDoubtsIt() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);

    rig.feed.renew(B);
    rig.run(Duration.ofSeconds(3));
    assertThat(rig.venue.all()).hasSize(1);
    rig.feed.renew(A);
    rig.run(Duration.ofSeconds(3));
    assertThat(rig.venue.open()).hasSize(2).allMatch(s -> s.subscribed().contains(A));
    rig.run(Duration.ofSeconds(40));

    assertThat(rig.venue.open()).hasSize(1).doesNotContain(rig.venue.all().getFirst());
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
  }

  @Test
  void theSecondConnectionTakesOverWhenTheFirstEndsBefore() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(2));

    rig.venue.all().getFirst().closeWith(1001, "server shutdown");
    rig.run(Duration.ofSeconds(10));

    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
    assertThat(rig.venue.all()).hasSize(2);
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void theFirstStaysUntilTheSecondHasConfirmedEverything() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A, B);
    rig.venue.leaveUnanswered(B);
    rig.socket().text("ENDING");

    rig.run(Duration.ofSeconds(15));
    assertThat(rig.venue.all().getFirst().isOpen()).isTrue();
    assertThat(rig.ends()).isEmpty();

    rig.venue.answer(B);
    rig.run(Duration.ofSeconds(30));
    assertThat(rig.venue.all().getFirst().isOpen()).isFalse();
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
  }

  @Test
  void symbolsThatOnlyTheFirstHadAreNotLiveWhenItEnds() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A, B);
    rig.venue.leaveUnanswered(B);
    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(3));

    rig.venue.all().getFirst().closeWith(1001, "");
    rig.run(Duration.ofMillis(1));

    assertThat(rig.log.notices(Disconnected.class)).isEmpty();
    assertThat(rig.log.isLive(A)).isTrue();
    assertThat(rig.log.isLive(B)).isFalse();
  }

  @Test
  void aReplacementThatCannotBeOpenedChangesNothing() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    rig.venue.failConnects(new UnavailableException("refused"));

    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(40));
    assertThat(rig.venue.connects()).hasSizeGreaterThan(3);
    assertThat(rig.ends()).isEmpty();
    assertThat(rig.log.isLive(A)).isTrue();

    rig.venue.failConnects(null);
    rig.run(Duration.ofSeconds(70));
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
  }

  @Test
  void aSymbolThatComesMeanwhileIsAskedForOnBoth() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(2));

    rig.feed.subscribe(Set.of(A, B));
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.venue.open()).hasSize(2).allMatch(s -> s.subscribed().contains(B));
    assertThat(rig.log.notices(Live.class)).extracting(Live::symbol).containsExactly(A, B);
  }

  @Test
  void aVenueThatAlwaysSaysThatItEndsIsNotConnectedToWithoutEnd() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    rig.time.every(Duration.ofMillis(500), () -> rig.venue.open().forEach(s -> s.text("ENDING")));

    rig.run(Duration.ofMinutes(10));

    assertThat(rig.venue.connects()).hasSizeLessThan(60);
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
  }

  @Test
  void aSecondConnectionToAnOldAddressIsNotWaitedFor() {
    FeedRig rig = new FeedRig(new LineDialect(LineDialect.LIMITS, 0));
    rig.venue.ping();
    rig.subscribe(A);
    rig.socket().text("ENDING");
    rig.run(Duration.ofSeconds(2));

    rig.feed.subscribe(Set.of(A, B));
    rig.run(Duration.ofMinutes(1));

    assertThat(rig.venue.all())
        .extracting(s -> s.uri().getQuery())
        .containsExactly("s=A", "s=A", "s=A,B");
    assertThat(rig.venue.open()).singleElement().isSameAs(rig.venue.all().getLast());
    assertThat(rig.log.isLive(B)).isTrue();
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
  }

  @Test
  void aConnectionThatDiedBeforeItsReplacementIsNotPlanned() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    rig.venue.failConnects(new UnavailableException("refused"));
    rig.socket().text("ENDING");
    rig.socket().die();
    rig.run(Duration.ofSeconds(4));
    rig.log.clear();

    rig.venue.failConnects(null);
    rig.run(Duration.ofSeconds(60));

    assertThat(rig.log.notices(Disconnected.class)).isEmpty();
    assertThat(rig.log.notices()).hasSize(2);
    assertThat(rig.log.notices(NotLive.class))
        .extracting(NotLive::detail)
        .containsExactly("silent: nothing came for 25 s, not even a heartbeat");
    assertThat(rig.log.isLive(A)).isTrue();
  }
}
