package dev.mdp.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every feed store has to do so that a provider stays in one topic, divided in one way.
public abstract class FeedPlaceContract extends FeedStoreFixture {
  @Test
  void anotherTopicIsRefused() {
    FeedLease first = claim("first").lease();
    FeedKey moved = new FeedKey(provider, "other.events", 0, 1);

    assertThatThrownBy(() -> store().claim(moved, "first", LEASE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(provider, "mdp.events", "other.events", "set them back");

    commit(first, at(1));
  }

  @Test
  void anotherNumberOfShardsIsRefusedForEachOfThem() {
    FeedLease first = claim("first").lease();

    for (int shard = 0; shard < 3; shard++) {
      FeedKey divided = new FeedKey(provider, "mdp.events", shard, 3);
      assertThatThrownBy(() -> store().claim(divided, "first", LEASE))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll(provider, "with 1", "with 3");
    }

    commit(first, at(1));
    store().release(first);
    assertThat(claim("first").lease().epoch()).isEqualTo(first.epoch() + 1);
  }

  @Test
  void shardsAndProvidersHaveTheirOwnOwners() {
    String other = provider + "-too";
    store().claim(new FeedKey(provider, "mdp.events", 0, 2), "first", LEASE);

    FeedClaim shard = store().claim(new FeedKey(provider, "mdp.events", 1, 2), "second", LEASE);
    FeedClaim feed = store().claim(new FeedKey(other, "mdp.events", 0, 2), "third", LEASE);

    assertThat(List.of(shard, feed)).allMatch(FeedClaim.Claimed.class::isInstance);
  }

  @Test
  void ofTwoFirstOwnersWithDifferentShardsOneIsRefused() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 20; i++) {
        String of = provider + "-" + i;
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Boolean>> both =
            List.of(
                () -> isTaken(together, store(), new FeedKey(of, "mdp.events", 0, 1)),
                () -> isTaken(together, otherStore(), new FeedKey(of, "mdp.events", 1, 2)));

        int taken = 0;
        for (Future<Boolean> each : threads.invokeAll(both)) {
          taken += each.get() ? 1 : 0;
        }

        assertThat(taken).isEqualTo(1);
      }
    }
  }

  private static boolean isTaken(CyclicBarrier together, FeedStore store, FeedKey of)
      throws Exception {
    together.await(10, TimeUnit.SECONDS);
    try {
      return store.claim(of, "owner of " + of.shard(), LEASE) instanceof FeedClaim.Claimed;
    } catch (ConfigException e) {
      return false;
    }
  }
}
