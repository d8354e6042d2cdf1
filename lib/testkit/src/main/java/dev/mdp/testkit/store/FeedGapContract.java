package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedInterval.State;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every feed store has to keep of the holes and the states of a series.
public abstract class FeedGapContract extends FeedLeaseContract {
  protected static final Symbol UNICODE = new Symbol("币安人生USDT");
  protected static final long NOW = T0 + 7_200_000_000L;

  @Test
  void aHoleThatIsClosedIsNotOpen() {
    FeedLease lease = claim("first").lease();
    List<FeedGap> all = new ArrayList<>();
    long first = 10;
    for (GapState state : GapState.values()) {
      FeedGap gap = gap(SPY, first, first + 4);
      all.add(state.isOpen() ? gap : gap.closed(state, "the test says so", NOW));
      first += 10;
    }

    commit(lease, with(at(5), List.of(cursor(SPY, 90)), all, List.of()));

    assertThat(noted().getFirst().open()).containsExactly(gap(SPY, 10, 14));
  }

  @Test
  void aHoleIsFilledInParts() {
    FeedLease lease = claim("first").lease();
    FeedGap whole = gap(SPY, 10, 19);
    commit(lease, with(at(5), List.of(cursor(SPY, 50)), List.of(whole), List.of()));
    FeedGap below = whole.part(new IdRange(10, 12), mark(9), mark(13));
    FeedGap filled = whole.part(new IdRange(13, 15), mark(12), mark(16));
    FeedGap above = whole.part(new IdRange(16, 19), mark(15), mark(20));

    commit(lease, gaps(below, filled.closed(GapState.FILLED, "disconnected", NOW), above));

    pass(LEASE);
    FeedClaim.Claimed next = claim("next");
    assertThat(next.series().getFirst().open()).containsExactly(below, above);
    commit(
        next.lease(),
        gaps(
            below.closed(GapState.FILLED, "disconnected", NOW),
            above.closed(GapState.VOID, "the venue has none", NOW)));
    assertThat(noted().getFirst().open()).isEmpty();
  }

  @Test
  void aHoleReachesFromOneNeighbourToTheOther() {
    FeedLease lease = claim("first").lease();
    FeedGap cut = gap(SPY, 10, 19).part(new IdRange(12, 19), mark(9), mark(20));

    assertThatThrownBy(() -> commit(lease, gaps(cut)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12–19 of SPY is between 9 and 20");
  }

  @Test
  void aStateReachesFurtherOrTurnsOutToBeAnother() {
    FeedLease lease = claim("first").lease();
    commit(
        lease,
        states(
            new FeedInterval(SPY, State.LIVE, T0, T0 + 1_000_000),
            new FeedInterval(UNICODE, State.DOWN, T0, T0)));

    commit(
        lease,
        states(
            new FeedInterval(SPY, State.LIVE, T0, T0 + 2_000_000),
            new FeedInterval(SPY, State.HALTED, T0 + 2_000_000, T0 + 2_000_001),
            new FeedInterval(UNICODE, State.REFUSED, T0, T0 + 3)));

    assertThat(intervals(provider))
        .containsExactly(
            new FeedInterval(SPY, State.LIVE, T0, T0 + 2_000_000),
            new FeedInterval(SPY, State.HALTED, T0 + 2_000_000, T0 + 2_000_001),
            new FeedInterval(UNICODE, State.REFUSED, T0, T0 + 3));
  }

  private static FeedCommit states(FeedInterval... intervals) {
    return with(at(5), List.of(), List.of(), List.of(intervals));
  }
}
