package dev.mdp.providers.net;

import static dev.mdp.providers.net.FeedRig.A;
import static dev.mdp.providers.net.FeedRig.B;
import static dev.mdp.providers.net.FeedRig.C;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedNotice.Cause;
import dev.mdp.core.feed.FeedNotice.Connected;
import dev.mdp.core.feed.FeedNotice.Disconnected;
import dev.mdp.core.feed.FeedNotice.Live;
import dev.mdp.core.feed.FeedNotice.NotLive;
import dev.mdp.core.feed.FeedNotice.RateLimited;
import dev.mdp.core.feed.FeedNotice.Refused;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SocketFeedSubscriptionTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void asksForAThousandSymbolsWithinTheVenuesLimit() {
    FeedRig rig = new FeedRig(new LineDialect(LineDialect.LIMITS, 1));
    rig.venue.ping();
    Set<Symbol> symbols = new HashSet<>();
    IntStream.range(0, 1_000).forEach(i -> symbols.add(new Symbol("S" + i)));

    rig.feed.subscribe(symbols);
    rig.run(Duration.ofSeconds(270));

    assertThat(rig.log.notices(Live.class)).extracting(Live::symbol).hasSize(1_000);
    assertThat(symbols).allMatch(rig.log::isLive);
    List<Long> messages = rig.socket().messages();
    assertThat(messages).hasSizeGreaterThanOrEqualTo(1_000 + 13);
    assertThat(FeedRig.fullest(messages, SECOND)).isEqualTo(5);
    assertThat(rig.ends()).isEmpty();
  }

  @Test
  void countsItsPongsAmongItsMessages() {
    FeedRig rig = new FeedRig(new LineDialect(LineDialect.LIMITS, 1));
    rig.venue.pingEvery(Duration.ofMillis(400));
    Set<Symbol> symbols = new HashSet<>();
    IntStream.range(0, 100).forEach(i -> symbols.add(new Symbol("S" + i)));

    rig.feed.subscribe(symbols);
    rig.run(Duration.ofSeconds(100));

    assertThat(symbols).allMatch(rig.log::isLive);
    assertThat(FeedRig.fullest(rig.socket().messages(), SECOND)).isEqualTo(5);
  }

  @Test
  void sendsOnlyWhatIsDifferent() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A, B);

    rig.subscribe(B, C);
    rig.subscribe(C, B);

    assertThat(rig.socket().received()).containsExactly("SUB A B", "END A", "SUB C");
    assertThat(rig.log.notices(NotLive.class)).extracting(NotLive::symbol).containsExactly(A);
    assertThat(rig.venue.connects()).hasSize(1);
  }

  @Test
  void aConfirmationOfBeforeASymbolWasLeftOutDoesNotCount() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A, B);
    rig.socket().text("LIMIT 20");
    rig.run(SECOND);

    rig.feed.subscribe(Set.of(B));
    rig.feed.subscribe(Set.of(A, B));
    rig.socket().text("LIVE A");
    rig.run(SECOND);
    assertThat(rig.log.isLive(A)).isFalse();

    rig.run(Duration.ofSeconds(20));
    assertThat(rig.socket().received()).containsExactly("SUB A B", "END A", "SUB A");
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void closesTheConnectionWhenNothingIsWanted() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.feed.subscribe(Set.of());
    rig.run(Duration.ofMinutes(10));

    assertThat(rig.venue.open()).isEmpty();
    assertThat(rig.venue.connects()).hasSize(1);
    assertThat(rig.details()).containsExactly("no symbol is wanted any more");
  }

  @Test
  void whatIsWantedAgainAtOnceIsAskedForOnANewConnection() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A);

    rig.feed.subscribe(Set.of());
    rig.feed.subscribe(Set.of(A));
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.venue.connects()).hasSize(2);
    assertThat(rig.log.isLive(A)).isTrue();
    assertThat(rig.log.notices(Connected.class)).hasSize(2);
  }

  @Test
  void moreSymbolsThanAConnectionCarriesTakeSeveral() {
    FeedRig rig = new FeedRig(Optional.empty(), 10);
    Set<Symbol> symbols = new HashSet<>();
    IntStream.range(0, 25).forEach(i -> symbols.add(new Symbol("S" + i)));

    rig.feed.subscribe(symbols);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.venue.open()).extracting(s -> s.subscribed().size()).containsExactly(10, 10, 5);
    assertThat(rig.log.notices(Connected.class)).hasSize(1);
    assertThat(symbols).allMatch(rig.log::isLive);

    symbols.add(new Symbol("S25"));
    rig.feed.subscribe(symbols);
    rig.run(Duration.ofSeconds(5));

    assertThat(rig.venue.open()).extracting(s -> s.subscribed().size()).containsExactly(10, 10, 6);
  }

  @Test
  void oneOfSeveralConnectionsThatEndsTakesOnlyItsOwnSymbols() {
    FeedRig rig = new FeedRig(Optional.empty(), 1);
    rig.subscribe(A, B);
    rig.run(Duration.ofSeconds(2));
    rig.log.clear();

    rig.venue.open().getFirst().closeWith(1011, "internal error");
    rig.run(Duration.ofSeconds(3));

    assertThat(rig.log.notices(Disconnected.class)).isEmpty();
    assertThat(rig.log.notices())
        .hasSize(2)
        .first()
        .isInstanceOfSatisfying(
            NotLive.class,
            gone -> {
              assertThat(gone.symbol()).isEqualTo(A);
              assertThat(gone.detail())
                  .isEqualTo("closed: closed by the venue (1011: internal error)");
            });
    assertThat(rig.log.isLive(A)).isTrue();
  }

  @Test
  void theLastOfSeveralConnectionsEndsThemAll() {
    FeedRig rig = new FeedRig(Optional.empty(), 1);
    rig.subscribe(A, B);
    rig.run(Duration.ofSeconds(2));
    rig.log.clear();

    rig.venue.cut();
    rig.feed.poll(1_000, Duration.ZERO, rig.log);

    assertThat(rig.log.notices()).hasSize(2);
    assertThat(rig.log.notices(NotLive.class)).extracting(NotLive::symbol).containsExactly(A);
    assertThat(rig.ends()).containsExactly(Cause.CLOSED);
  }

  @Test
  void aSymbolThatIsNeverConfirmedIsRefusedAloneInTheEnd() {
    FeedRig rig = new FeedRig();
    rig.venue.leaveUnanswered(B);
    long[] id = {0};
    rig.time.every(Duration.ofMillis(100), () -> rig.venue.trade(A, ++id[0]));

    rig.subscribe(A, B);
    rig.run(Duration.ofMinutes(3));

    assertThat(rig.log.notices(Refused.class))
        .singleElement()
        .satisfies(refused -> {
          assertThat(refused.symbol()).contains(B);
          assertThat(refused.detail())
              .contains("within 10 s", "asked 4 times", "check that it lists the symbol");
        });
    assertThat(rig.venue.all()).hasSize(4);
    assertThat(rig.venue.open()).hasSize(1);
    assertThat(rig.ends()).doesNotContain(Cause.CLOSED, Cause.SILENT);
    assertThat(rig.log.notices(Live.class)).extracting(Live::symbol).containsExactly(A);
    List<Long> ids = rig.log.ids(A);
    assertThat(FeedRig.distinct(ids)).hasSize((int) (id[0] - ids.getFirst() + 1));
  }

  @Test
  void aSymbolThatIsConfirmedLateIsLive() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.venue.leaveUnanswered(B);
    rig.subscribe(A, B);

    rig.time.after(Duration.ofSeconds(20), () -> rig.venue.answer(B));
    rig.run(Duration.ofMinutes(2));

    assertThat(rig.log.isLive(A)).isTrue();
    assertThat(rig.log.isLive(B)).isTrue();
    assertThat(rig.log.notices(Refused.class)).isEmpty();
    assertThat(rig.log.notices(NotLive.class)).isEmpty();
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    assertThat(rig.venue.open()).hasSize(1);
  }

  @Test
  void aVenueThatConfirmsNothingIsTriedForAsLongAsItTakes() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.venue.leaveUnanswered(A);
    rig.venue.leaveUnanswered(B);
    rig.subscribe(A, B);

    rig.run(Duration.ofMinutes(30));
    assertThat(rig.log.notices(Refused.class)).isEmpty();
    assertThat(rig.details())
        .hasSizeGreaterThan(10)
        .containsOnly("connected, but the venue confirmed no symbol within 10 s");

    rig.venue.answer(A);
    rig.venue.answer(B);
    rig.run(Duration.ofMinutes(2));
    assertThat(rig.log.isLive(A)).isTrue();
    assertThat(rig.log.isLive(B)).isTrue();
  }

  @Test
  void theRefusalOfAllStopsAskingUntilOthersAreWanted() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A, B);

    rig.socket().text("REFUSED-ALL key");
    rig.run(Duration.ofMinutes(10));

    assertThat(rig.log.notices(Refused.class))
        .extracting(Refused::symbol)
        .containsExactly(Optional.empty());
    assertThat(rig.venue.open()).isEmpty();
    assertThat(rig.venue.connects()).hasSize(1);

    rig.subscribe(A, B, C);
    rig.run(Duration.ofSeconds(5));
    assertThat(rig.venue.open())
        .singleElement()
        .extracting(MemorySocket::received)
        .isEqualTo(List.of("SUB C"));
  }

  @Test
  void aRefusedSymbolIsAskedForWhenItIsWantedAgain() {
    FeedRig rig = new FeedRig();
    rig.venue.refuse(B, "not yet listed");
    rig.subscribe(A, B);

    rig.subscribe(A);
    rig.subscribe(A, B);

    assertThat(rig.socket().received()).containsExactly("SUB A B", "SUB B");
    assertThat(rig.log.notices(Refused.class)).hasSize(2);
  }

  @Test
  void asksAgainForWhatTheVenueTookBack() {
    FeedRig rig = new FeedRig();
    rig.subscribe(A, B);
    rig.log.clear();

    rig.socket().text("GONE B maintenance");
    rig.run(Duration.ofSeconds(2));

    assertThat(rig.socket().received()).containsExactly("SUB A B", "SUB B");
    assertThat(rig.log.notices(NotLive.class))
        .extracting(NotLive::detail)
        .containsExactly("maintenance");
    assertThat(rig.log.isLive(B)).isTrue();
  }

  @Test
  void holdsItsMessagesWhileTheVenueWantsToBeLeftAlone() {
    FeedRig rig = new FeedRig();
    rig.venue.ping();
    rig.subscribe(A);
    rig.socket().text("LIMIT 30");
    rig.run(SECOND);
    rig.feed.subscribe(Set.of(A, B));

    rig.run(Duration.ofSeconds(28));
    assertThat(rig.socket().received()).containsExactly("SUB A");

    rig.run(Duration.ofSeconds(2));
    assertThat(rig.socket().received()).containsExactly("SUB A", "SUB B");
    assertThat(rig.log.notices(RateLimited.class)).hasSize(1);
  }

  @Test
  void anAddressThatSaysItAllIsChangedByASecondConnection() {
    FeedRig rig = new FeedRig(new LineDialect(LineDialect.LIMITS, 0));
    rig.subscribe(A);
    long[] id = {0};
    rig.time.every(Duration.ofMillis(10), () -> rig.venue.trade(A, ++id[0]));
    rig.run(SECOND);

    rig.feed.subscribe(Set.of(A, B));
    rig.run(Duration.ofSeconds(20));

    assertThat(rig.venue.all()).extracting(s -> s.uri().getQuery()).containsExactly("s=A", "s=A,B");
    assertThat(rig.log.isLive(B)).isTrue();
    assertThat(rig.ends()).containsExactly(Cause.PLANNED);
    List<Long> ids = rig.log.ids(A);
    assertThat(FeedRig.distinct(ids)).hasSize((int) (id[0] - ids.getFirst() + 1));
  }
}
