package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feed.AskedGaps;
import dev.mdp.core.feed.FeedCursor;
import dev.mdp.core.feed.FeedInterval;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.core.feed.GapState;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryFeedStoreTest extends FeedStoreContract {
  private final ManualClock clock = ManualClock.at("2026-03-02T14:30:00Z");
  private final List<String> passed = new ArrayList<>();
  private final InMemoryFeedStore store = new InMemoryFeedStore(this::now, this::fail);
  private String failing = "nowhere";

  @Override
  protected FeedStore store() {
    return store;
  }

  @Override
  protected FeedStore otherStore() {
    return store;
  }

  @Override
  protected FeedReader reader() {
    return store;
  }

  @Override
  protected AskedGaps asked() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    synchronized (clock) {
      clock.advance(time);
    }
  }

  private java.time.Instant now() {
    synchronized (clock) {
      return clock.instant();
    }
  }

  @Override
  protected List<FeedInterval> intervals(String of) {
    return store.intervals(of);
  }

  private void fail(String point) {
    passed.add(point);
    if (point.equals(failing)) {
      failing = "nowhere";
      throw new IllegalStateException(point);
    }
  }

  @Test
  void aFaultBeforeACommitLeavesItUndoneAndOneAfterItDone() {
    FeedLease lease = claim("first").lease();
    failing = "commit.before";
    assertThatThrownBy(() -> commit(lease, cursors(cursor(SPY, 4)))).hasMessage("commit.before");
    assertThat(store.series(spy())).isEmpty();

    failing = "commit.after";
    assertThatThrownBy(() -> commit(lease, cursors(cursor(SPY, 4)))).hasMessage("commit.after");
    assertThat(store.series(spy())).hasSize(1);
    assertThat(passed).contains("claim", "claim.after");
  }

  @Test
  void whatTheTablesRefuseIsAMistake() {
    FeedLease lease = claim("first").lease();

    assertThatThrownBy(() -> commit(lease, cursors(new FeedCursor(SPY, 0, 5, 4, mark(9)))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() ->
            commit(lease, gaps(gap(SPY, 10, 19).closed(GapState.FILLED, "without a time", 0))))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() ->
            commit(
                lease,
                with(
                    at(5),
                    List.of(),
                    List.of(),
                    List.of(new FeedInterval(SPY, FeedInterval.State.LIVE, 5, 4)))))
        .isInstanceOf(AssertionError.class);
  }

  private FeedReader.Query spy() {
    return new FeedReader.Query(
        java.util.Optional.of(provider),
        java.util.Optional.of("SPY"),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        false,
        10);
  }
}
