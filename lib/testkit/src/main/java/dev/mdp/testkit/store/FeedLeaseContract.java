package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.SeriesState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every feed store has to do so that one process at a time publishes a provider's shard.
public abstract class FeedLeaseContract extends FeedPlaceContract {
  private static final Duration MOST_OF_IT = LEASE.multipliedBy(2).dividedBy(3);

  @Test
  void aNewFeedBeginsAtTheStart() {
    FeedClaim.Claimed claimed = claim("first");

    assertThat(claimed.lease().key()).isEqualTo(key);
    assertThat(claimed.lease().owner()).isEqualTo("first");
    assertThat(claimed.lease().epoch()).isEqualTo(1);
    assertThat(claimed.position()).isEqualTo(Position.START);
    assertThat(claimed.anchor()).isEmpty();
    assertThat(claimed.series()).isEmpty();
  }

  @Test
  void aLivingLeaseIsHeldByItsOwner() {
    FeedLease first = claim("first").lease();

    FeedClaim second = otherStore().claim(key, "second", LEASE);

    assertThat(second).isEqualTo(new FeedClaim.Held("first", first.until()));
    commit(first, at(1));
  }

  @Test
  void aLeaseThatRanOutIsTakenAndItsFormerOwnerFenced() {
    FeedLease first = commit(claim("first").lease(), at(7));
    pass(LEASE);

    FeedClaim.Claimed second = (FeedClaim.Claimed) otherStore().claim(key, "second", LEASE);

    assertThat(second.lease().epoch()).isEqualTo(first.epoch() + 1);
    assertThat(second.position()).isEqualTo(at(7).position());
    assertThat(second.anchor()).isEqualTo(at(7).anchor());
    assertFenced(() -> commit(first, at(8)));
    assertFenced(() -> store().renew(first, LEASE));
    store().release(first);
    assertThat(store().claim(key, "third", LEASE)).isInstanceOf(FeedClaim.Held.class);
    otherStore().commit(second.lease(), LEASE, at(9));
  }

  @Test
  void aLeaseThatRanOutIsStillGoodUntilItIsTaken() {
    FeedLease first = claim("first").lease();
    pass(LEASE);

    FeedLease again = commit(first, at(1));

    assertThat(again.epoch()).isEqualTo(first.epoch());
    assertThat(otherStore().claim(key, "second", LEASE)).isInstanceOf(FeedClaim.Held.class);
  }

  @Test
  void itsOwnerMayTakeItAgainAtOnce() {
    FeedLease first = claim("first").lease();

    FeedLease again = claim("first").lease();

    assertThat(again.epoch()).isEqualTo(first.epoch() + 1);
    assertFenced(() -> commit(first, at(1)));
    commit(again, at(1));
  }

  @Test
  void aShardThatWasGivenBackIsFree() {
    FeedLease first = claim("first").lease();

    store().release(first);

    assertFenced(() -> commit(first, at(1)));
    assertFenced(() -> store().renew(first, LEASE));
    assertThat(otherStore().claim(key, "second", LEASE)).isInstanceOf(FeedClaim.Claimed.class);
  }

  @Test
  void renewingExtendsTheLease() {
    FeedLease first = claim("first").lease();
    pass(MOST_OF_IT);

    FeedLease renewed = store().renew(first, LEASE);

    pass(MOST_OF_IT);
    assertThat(renewed.epoch()).isEqualTo(first.epoch());
    assertThat(otherStore().claim(key, "second", LEASE)).isInstanceOf(FeedClaim.Held.class);
    pass(MOST_OF_IT);
    assertThat(otherStore().claim(key, "second", LEASE)).isInstanceOf(FeedClaim.Claimed.class);
  }

  @Test
  void committingExtendsTheLease() {
    FeedLease first = claim("first").lease();
    pass(MOST_OF_IT);

    FeedLease extended = store().commit(first, LEASE.multipliedBy(2), at(1));

    assertThat(extended.until()).isAfter(first.until().plus(LEASE.dividedBy(2)));
    pass(LEASE);
    assertThat(otherStore().claim(key, "second", LEASE)).isInstanceOf(FeedClaim.Held.class);
  }

  /// Each adds one to what it was told when it claimed.
  @Test
  void twoOwnersNeverBothCommit() throws Exception {
    List<Future<Integer>> counts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String owner = "owner " + i;
        counts.add(threads.submit((Callable<Integer>) () -> commits(owner)));
      }
    }

    assertThat(noted().getFirst().cursor().head().id()).isEqualTo(sum(counts));
  }

  private int commits(String owner) {
    int done = 0;
    for (int i = 0; i < 25; i++) {
      FeedClaim claim = otherStore().claim(key, owner, LEASE);
      pass(LEASE); // so that another one may take it before this one commits
      if (claim instanceof FeedClaim.Claimed claimed) {
        try {
          otherStore().commit(claimed.lease(), LEASE, cursors(cursor(SPY, head(claimed) + 1)));
          done++;
        } catch (FencedException e) {
          assertThat(e).hasMessageContaining(key.toString());
        }
      }
    }
    return done;
  }

  private static long head(FeedClaim.Claimed claimed) {
    List<SeriesState> series = claimed.series();
    return series.isEmpty() ? 0 : series.getFirst().cursor().head().id();
  }

  private static long sum(List<Future<Integer>> counts)
      throws ExecutionException, InterruptedException {
    long sum = 0;
    for (Future<Integer> count : counts) {
      sum += count.get();
    }
    assertThat(sum).isPositive();
    return sum;
  }

  protected static void assertFenced(Callable<?> action) {
    assertThatThrownBy(action::call)
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("lease of epoch");
  }
}
