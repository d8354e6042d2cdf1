package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedInterval.State;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.SeriesState;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.core.feed.TradeMark;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every feed store has to keep of a commit, and of which it has to keep nothing.
public abstract class FeedCommitContract extends FeedGapContract {
  private static final Symbol QQQ = new Symbol("QQQ");

  @Test
  void cursorsAndOpenHolesComeBackAsTheyWent() {
    FeedCursor spy = new FeedCursor(SPY, 0, 1, 9, mark(50));
    TradeMark far = new TradeMark(9_000_000_000_000_000_000L, T0 + 8_123_457);
    FeedCursor other = new FeedCursor(UNICODE, 0, 7, 7, far);
    FeedGap first = gap(SPY, 10, 19);
    FeedGap second = gap(SPY, 30, 30).asked(NOW).asked(NOW + 1);
    FeedGap third = FeedGap.found(UNICODE, 0, mark(7), far, "overflow", NOW);
    FeedLease lease = claim("first").lease();

    commit(lease, with(at(5), List.of(spy, other), List.of(second, third, first), List.of()));

    assertThat(noted())
        .containsExactly(
            new SeriesState(spy, List.of(first, second)), new SeriesState(other, List.of(third)));
  }

  @Test
  void theHeadIsNeverLoweredWithinAnEpoch() {
    FeedLease lease = claim("first").lease();
    commit(lease, cursors(new FeedCursor(SPY, 0, 5, 40, mark(40))));

    commit(lease, cursors(new FeedCursor(SPY, 0, 3, 20, mark(30))));

    assertThat(cursor()).isEqualTo(new FeedCursor(SPY, 0, 3, 20, mark(40)));
  }

  @Test
  void theNewestEpochIsTheSeries() {
    FeedLease lease = claim("first").lease();
    commit(lease, with(at(5), List.of(cursor(SPY, 900)), List.of(gap(SPY, 10, 19)), List.of()));
    FeedCursor begun = new FeedCursor(SPY, 1, 1, 2, mark(2));

    commit(lease, cursors(begun));

    assertThat(noted()).containsExactly(new SeriesState(begun, List.of()));
  }

  @Test
  void whatIsCommittedTwiceIsThereOnce() {
    FeedLease lease = claim("first").lease();
    FeedInterval live = new FeedInterval(SPY, State.LIVE, T0, T0 + 5);
    FeedCommit commit =
        with(
            at(5),
            List.of(cursor(SPY, 40), cursor(SPY, 50)),
            List.of(gap(SPY, 10, 30), gap(SPY, 10, 19)),
            List.of(live, live));

    commit(commit(lease, commit), commit);

    assertThat(noted())
        .containsExactly(new SeriesState(cursor(SPY, 50), List.of(gap(SPY, 10, 19))));
    assertThat(intervals(provider)).containsExactly(live);
  }

  @Test
  void aFencedCommitChangesNothing() {
    FeedLease lost = claim("first").lease();
    FeedInterval live = new FeedInterval(SPY, State.LIVE, T0, T0 + 5);
    commit(lost, with(at(5), List.of(cursor(SPY, 50)), List.of(gap(SPY, 10, 19)), List.of(live)));
    List<SeriesState> before = noted();

    assertFenced(() ->
        commit(
            lost,
            with(
                at(6),
                List.of(cursor(SPY, 60), cursor(QQQ, 1)),
                List.of(gap(SPY, 10, 19).closed(GapState.FILLED, "", NOW), gap(SPY, 55, 56)),
                List.of(new FeedInterval(SPY, State.DOWN, T0, T0 + 9)))));

    pass(LEASE);
    FeedClaim.Claimed after = claim("second");
    assertThat(after.series()).isEqualTo(before);
    assertThat(after.position()).isEqualTo(at(5).position());
    assertThat(intervals(provider)).containsExactly(live);
  }

  @Test
  void anOwnerIsToldOfTheSeriesOfItsShard() {
    List<Symbol> symbols = IntStream.range(0, 20).mapToObj(i -> new Symbol("S" + i)).toList();

    for (int shard = 0; shard < 3; shard++) {
      FeedKey part = new FeedKey(provider, "mdp.events", shard, 3);
      List<Symbol> own = symbols.stream().filter(symbol -> isOf(part, symbol)).toList();
      FeedClaim.Claimed claimed = (FeedClaim.Claimed) store().claim(part, "me", LEASE);
      FeedCommit all =
          with(at(5), own.stream().map(s -> cursor(s, 4)).toList(), List.of(), List.of());
      commit(claimed.lease(), all);

      FeedClaim.Claimed again = (FeedClaim.Claimed) store().claim(part, "me", LEASE);

      assertThat(own).isNotEmpty();
      assertThat(again.series())
          .extracting(state -> state.cursor().symbol())
          .containsExactlyInAnyOrderElementsOf(own);
    }
  }

  @Test
  void aSeriesOfAnotherShardIsRefused() {
    Symbol foreign =
        IntStream.range(0, 99)
            .mapToObj(i -> new Symbol("S" + i))
            .filter(symbol -> !isOf(new FeedKey(provider, "mdp.events", 0, 2), symbol))
            .findFirst()
            .orElseThrow();
    FeedClaim claim = store().claim(new FeedKey(provider, "mdp.events", 0, 2), "me", LEASE);
    FeedLease lease = ((FeedClaim.Claimed) claim).lease();

    assertThatThrownBy(() -> commit(lease, cursors(cursor(foreign, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(foreign + " belongs to shard 1");
  }

  @Test
  void aProviderHasOneKindOfIds() {
    FeedLease lease = claim("first").lease();
    commit(lease, cursors(cursor(SPY, 50)));
    FeedCommit known = cursors(cursor(SPY, 60));

    assertThatThrownBy(() ->
            commit(
                lease,
                new FeedCommit(
                    TradeIds.UNIQUE,
                    known.position(),
                    known.anchor(),
                    known.cursors(),
                    known.gaps(),
                    known.intervals())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(provider, "contiguous", "unique");

    assertThat(cursor()).isEqualTo(cursor(SPY, 50));
  }

  private FeedCursor cursor() {
    return noted().getFirst().cursor();
  }

  private static boolean isOf(FeedKey part, Symbol symbol) {
    return Shards.of(part.provider(), symbol.value(), part.shards()) == part.shard();
  }
}
