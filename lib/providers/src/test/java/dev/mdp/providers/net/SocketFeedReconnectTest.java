package dev.mdp.providers.net;

import static dev.mdp.providers.net.FeedRig.A;
import static dev.mdp.providers.net.FeedRig.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.Connected;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.core.feed.FeedNotice.NotLive;
import dev.mdp.core.feed.FeedNotice.RateLimited;
import dev.mdp.core.feed.RequestBudget;
import dev.mdp.testkit.feed.FeedLog;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketFeedReconnectTest {
  @Test
  void isQuietForSixHoursWithoutConnectingAgain() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);

    rig.run(Duration.ofHours(6));
    rig.venue.trade(A, 1);
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.venue.connects()).hasSize(1);
    assertThat(rig.ends()).isEmpty();
    assertThat(rig.log.ids(A)).containsExactly(1L);
  }

  @Test
  void findsASilentSocketWithinHalfAMinute() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    rig.run(Duration.ofMinutes(5));
    rig.venue.trade(A, 1);

    rig.socket().die();
    long died = rig.time.micros();
    rig.run(Duration.ofMinutes(1));

    assertThat(rig.log.notices(Disconnected.class))
        .singleElement()
        .satisfies(ended -> {
          assertThat(ended.cause()).isEqualTo(Cause.SILENT);
          assertThat(ended.detail()).isEqualTo("nothing came for 25 s, not even a heartbeat");
          assertThat(ended.atMicros() - died).isBetween(24_000_000L, 30_000_000L);
        });
    assertThat(rig.venue.all().getFirst().isOpen()).isFalse();
    assertThat(rig.log.isLive(A)).isTrue();
    rig.venue.trade(A, 2);
    rig.run(Duration.ofSeconds(1));
    assertThat(rig.log.ids(A)).containsExactly(1L, 2L);
  }

  @Test
  void whatIsNotPolledForFiveMinutesIsNotSilent() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    long[] id = {0};
    rig.time.every(Duration.ofSeconds(1), () -> rig.venue.trade(A, ++id[0]));

    for (int i = 0; i < 300; i++) {
      rig.time.await(Duration.ofSeconds(1));
    }
    rig.run(Duration.ofSeconds(1));

    assertThat(rig.ends()).isEmpty();
    assertThat(rig.log.ids(A)).hasSize((int) id[0]).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void hasItsFirstTradeWithinTwoSecondsAfterACut() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.venue.ping();
    long[] id = {0};
    rig.time.every(Duration.ofMillis(10), () -> rig.venue.trade(A, ++id[0]));
    rig.run(Duration.ofMinutes(2));
    int before = rig.log.ids(A).size();

    rig.venue.cut();
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.log.ids(A)).hasSizeGreaterThan(before);
  }

  @Test
  void backsOffUntilAConnectionBroughtDataForAMinute() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);
    rig.time.every(Duration.ofSeconds(1), () -> rig.venue.trade(A, 1));

    for (int i = 0; i < 12; i++) {
      rig.venue.cut();
      while (rig.venue.open().isEmpty()) {
        rig.run(Duration.ofMillis(100));
      }
      rig.run(Duration.ofSeconds(3));
    }
    long longest = 0;
    for (int i = 1; i < rig.venue.connects().size(); i++) {
      longest = Math.max(longest, rig.venue.connects().get(i) - rig.venue.connects().get(i - 1));
    }
    assertThat(Duration.ofNanos(longest)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(64));

    rig.run(Duration.ofSeconds(62));
    rig.venue.cut();
    long cut = rig.time.nanos();
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.venue.connects().getLast() - cut).isBetween(0L, 1_000_000_000L);
  }

  @Test
  void neverConnectsMoreOftenThanTheVenueAllows() {
    VenueLimits few =
        new VenueLimits(
            5,
            Duration.ofSeconds(1),
            3,
            Duration.ofMinutes(1),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Optional.empty(),
            10);
    FeedRig rig = new FeedRig(new LineDialect(few, 10));
    rig.subscribe(A);
    rig.time.every(Duration.ofSeconds(1), rig.venue::cut);

    rig.run(Duration.ofHours(1));

    assertThat(rig.venue.connects()).hasSizeGreaterThan(60);
    assertThat(FeedRig.fullest(rig.venue.connects(), Duration.ofMinutes(1))).isLessThanOrEqualTo(3);
  }

  @Test
  void saysEachTimeWhyItCannotConnect() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.venue.failConnects(new UnavailableException("cannot connect to venue.test: refused"));

    rig.subscribe(A);
    rig.run(Duration.ofMinutes(3));

    assertThat(rig.details())
        .hasSize(rig.venue.connects().size())
        .hasSizeGreaterThan(4)
        .containsOnly("cannot connect to venue.test: refused");
    assertThat(rig.log.notices(Connected.class)).isEmpty();

    rig.venue.failConnects(null);
    rig.run(Duration.ofMinutes(2));
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void waitsForAsLongAsTheVenueWantsToBeLeftAlone() {
    FeedRig rig = new FeedRig();
    rig.venue.failConnects(
        new RateLimitedException("venue.test answered 429", Duration.ofMinutes(7)));

    rig.subscribe(A);
    rig.venue.failConnects(null);
    rig.run(Duration.ofMinutes(7).minusSeconds(5));
    assertThat(rig.venue.connects()).hasSize(1);
    assertThat(rig.log.notices(RateLimited.class))
        .extracting(RateLimited::retryAfter)
        .containsExactly(Duration.ofMinutes(7));

    rig.run(Duration.ofMinutes(1));
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void throwsWhatAPersonHasToMendAndTriesAgainAfter() {
    FeedRig rig = new FeedRig();
    rig.venue.failConnects(new ConfigException("the certificate is refused"));
    rig.feed.subscribe(Set.of(A));

    assertThatThrownBy(() -> rig.run(Duration.ofSeconds(1)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the certificate is refused");

    rig.venue.failConnects(null);
    rig.run(Duration.ofSeconds(5));
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void aSecondConnectionThatCannotBeOpenedIsToldOnce() {
    FeedRig rig = new FeedRig(Optional.empty(), 1);
    rig.subscribe(A);
    rig.venue.failConnects(new ConfigException("answered 403"));
    rig.venue.ping();

    rig.feed.subscribe(Set.of(A, B));
    rig.run(Duration.ofSeconds(20));

    assertThat(rig.venue.connects()).hasSizeGreaterThan(2);
    assertThat(rig.log.notices(NotLive.class))
        .singleElement()
        .satisfies(gone -> {
          assertThat(gone.symbol()).isEqualTo(B);
          assertThat(gone.detail()).isEqualTo("answered 403");
        });
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void aBudgetThatCannotBeAskedIsAskedAgain() {
    VirtualTime time = new VirtualTime();
    ScriptedVenue venue = new ScriptedVenue(time);
    int[] asked = {0};
    RequestBudget budget =
        new RequestBudget() {
          @Override
          public Duration take(String host, int weight) {
            assertThat(host).isEqualTo("venue.test");
            assertThat(weight).isEqualTo(1);
            if (asked[0]++ < 3) {
              throw new UnavailableException("the database is away");
            }
            return Duration.ZERO;
          }

          @Override
          public void closed(String host, Duration until) {}
        };
    SocketFeed feed =
        new SocketFeed(
            new LineDialect(LineDialect.LIMITS, 10),
            venue,
            budget,
            time,
            1,
            1 << 20,
            Runnable::run);
    FeedLog log = new FeedLog();
    feed.subscribe(Set.of(A));

    while (!log.isLive(A) && time.nanos() < Duration.ofMinutes(2).toNanos()) {
      feed.poll(100, Duration.ofSeconds(1), log);
    }

    assertThat(log.isLive(A)).isTrue();
    assertThat(log.notices(Disconnected.class))
        .extracting(Disconnected::detail)
        .containsExactly("the database is away", "the database is away", "the database is away");
  }

  @Test
  void namesHowAConnectionEnded() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.socket().closeWith(1008, "subscribe within 5 s");
    rig.run(Duration.ofSeconds(3));
    rig.socket().closeWith(1006, "");
    rig.run(Duration.ofSeconds(5));
    rig.socket().fail("the connection broke: Connection reset");
    rig.run(Duration.ofSeconds(9));

    assertThat(rig.details())
        .containsExactly(
            "closed by the venue (1008: subscribe within 5 s)",
            "the connection ended without a close frame (1006)",
            "the connection broke: Connection reset");
  }

  @Test
  void closesAConnectionThatComesAfterItWasClosed() {
    VirtualTime time = new VirtualTime();
    ScriptedVenue venue = new ScriptedVenue(time);
    Runnable[] dial = new Runnable[1];
    LineDialect dialect = new LineDialect(LineDialect.LIMITS, 10);
    SocketFeed feed =
        new SocketFeed(
            dialect,
            venue,
            new LocalBudget(10, Duration.ofSeconds(1), time),
            time,
            1,
            1 << 20,
            task -> dial[0] = task);
    feed.subscribe(Set.of(A));
    feed.poll(10, Duration.ZERO, new FeedLog());

    feed.close();
    dial[0].run();

    assertThat(venue.all()).singleElement().extracting(MemorySocket::isOpen).isEqualTo(false);
  }
}
