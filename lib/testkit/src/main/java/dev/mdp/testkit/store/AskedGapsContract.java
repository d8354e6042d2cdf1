package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.feed.AskedGap;
import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedGap;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedReader.Gap;
import dev.mdp.core.feed.GapState;
import dev.mdp.core.feed.IdRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every feed store has to do with holes that operators want to have asked for again.
public abstract class AskedGapsContract extends FeedCommitContract {
  protected abstract AskedGaps asked();

  @Test
  void whatIsAskedForIsTakenUpOnceAndIsOpen() {
    FeedGap open = gap(SPY, 10, 19).asked(NOW).asked(NOW);
    FeedGap gone = gap(SPY, 30, 39).closed(GapState.GONE, "skipped", NOW);
    FeedLease lease = noted(open, gone);

    asked().ask(numbers());
    asked().ask(numbers());

    assertThat(asked().outcomes(all())).allMatch(AskedGaps.Outcome::waits);
    assertThat(asked().take(lease))
        .containsExactlyInAnyOrder(
            new AskedGap(open.again(), GapState.OPEN), new AskedGap(gone.again(), GapState.GONE));
    assertThat(asked().take(lease)).isEmpty();
    assertThat(noted().getFirst().open()).containsExactly(open.again(), gone.again());
    assertThat(asked().outcomes(all())).noneMatch(AskedGaps.Outcome::waits);
  }

  @Test
  void onlyWhatAskingCanChangeIsAskedFor() {
    List<FeedGap> gaps = new ArrayList<>();
    long first = 10;
    for (GapState state : GapState.values()) {
      FeedGap gap = gap(SPY, first, first + 4);
      gaps.add(state.isOpen() ? gap : gap.closed(state, "the test says so", NOW));
      first += 10;
    }
    FeedLease lease = noted(gaps.toArray(FeedGap[]::new));

    asked().ask(numbers());

    assertThat(asked().take(lease))
        .extracting(AskedGap::was)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(GapState.values()).filter(GapState::mayBeAskedAgain).toList());
  }

  @Test
  void aHoleOfAFormerEpochStaysAsItIs() {
    FeedGap former = gap(SPY, 10, 19).closed(GapState.GONE, "venue-reset", NOW);
    FeedLease lease = noted(former);
    commit(lease, cursors(new FeedCursor(SPY, 1, 1, 2, mark(2))));
    asked().ask(numbers());

    assertThat(asked().take(lease)).isEmpty();
    assertThat(all()).extracting(Gap::gap).containsExactly(former);
    assertThat(asked().outcomes(all())).noneMatch(AskedGaps.Outcome::waits);
  }

  @Test
  void whoLostTheShardTakesNothingUp() {
    FeedLease lost = noted(gap(SPY, 10, 19));
    asked().ask(numbers());
    pass(LEASE);
    FeedLease lease = claim("second").lease();

    assertFenced(() -> asked().take(lost));

    assertThat(asked().take(lease)).hasSize(1);
  }

  @Test
  void aCommitOfTheOwnerDoesNotTakeAMarkAway() {
    FeedGap gap = gap(SPY, 10, 19);
    FeedLease lease = noted(gap);
    asked().ask(numbers());
    FeedLease next = commit(lease, gaps(gap.asked(NOW)));

    assertThat(asked().take(next)).hasSize(1);
  }

  @Test
  void holesAreFoundByNumberAndWhatBecameOfTheirPartsIsCounted() {
    FeedGap whole = gap(SPY, 10, 19);
    FeedLease lease = noted(whole);
    List<Gap> before = all();
    FeedGap below = whole.part(new IdRange(10, 12), mark(9), mark(13));
    FeedGap above = whole.part(new IdRange(13, 19), mark(12), mark(20));

    commit(lease, gaps(below, above.closed(GapState.FILLED, "skipped", NOW)));

    assertThat(asked().find(List.of(before.getFirst().id(), -5L)))
        .extracting(Gap::gap)
        .containsExactly(below);
    AskedGaps.Outcome outcome = asked().outcomes(before).getFirst();
    assertThat(outcome.ids()).isEqualTo(Map.of(GapState.OPEN, 3L, GapState.FILLED, 7L));
    assertThat(outcome.isClosed()).isFalse();
    commit(lease, gaps(below.closed(GapState.VOID, "skipped", NOW)));
    assertThat(asked().outcomes(before).getFirst().isClosed()).isTrue();
  }

  private FeedLease noted(FeedGap... gaps) {
    return commit(
        claim("first").lease(), with(at(5), List.of(cursor(SPY, 90)), List.of(gaps), List.of()));
  }

  private List<Long> numbers() {
    return all().stream().map(Gap::id).toList();
  }

  private List<Gap> all() {
    return reader()
        .gaps(
            new FeedReader.Query(
                Optional.of(provider),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                100));
  }
}
