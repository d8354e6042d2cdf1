package dev.mdp.pipeline.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.ShardShares.Share;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaseSharesTest {
  private static final Duration LIFE = Duration.ofSeconds(10);
  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private boolean away;
  private final InMemoryStore store =
      new InMemoryStore(
          clock,
          _ -> {
            if (away) {
              throw new UnavailableException("made by a test");
            }
          });

  @Test
  void aloneItMayHaveEveryShard() {
    assertThat(all(member("a"))).containsOnly(Share.MINE);
  }

  @Test
  void whoHasMoreThanItsShareGivesTheLastOnesBack() {
    LeaseShares a = member("a");
    all(a);

    LeaseShares b = member("b");
    assertThat(all(b)).containsExactly(Share.MINE, Share.MINE, Share.OTHERS, Share.OTHERS);
    clock.advance(Duration.ofSeconds(1));

    assertThat(all(a)).containsExactly(Share.MINE, Share.MINE, Share.GIVE_BACK, Share.GIVE_BACK);
    a.letGo(2);
    a.letGo(3);
    assertThat(all(a)).containsExactly(Share.MINE, Share.MINE, Share.OTHERS, Share.OTHERS);
  }

  @Test
  void aShardThatCouldNotBeClaimedMakesRoomForAnother() {
    LeaseShares b = member("b");
    member("a").of(0);
    assertThat(b.of(0)).isEqualTo(Share.MINE);
    assertThat(b.of(1)).isEqualTo(Share.MINE);
    assertThat(b.of(2)).isEqualTo(Share.OTHERS);

    b.letGo(0);

    assertThat(b.of(2)).isEqualTo(Share.MINE);
    assertThat(b.of(0)).isEqualTo(Share.OTHERS);
  }

  @Test
  void theShareOfADeadMemberIsTakenWhenItsLifeIsOver() {
    LeaseShares a = member("a");
    all(member("b"));
    all(a);
    assertThat(a.of(3)).isEqualTo(Share.OTHERS);

    clock.advance(LIFE.plusMillis(1));

    assertThat(a.of(3)).isEqualTo(Share.MINE);
  }

  @Test
  void theShareOfAMemberThatLeavesIsFreeAtOnce() {
    LeaseShares a = member("a");
    LeaseShares b = member("b");
    all(b);
    all(a);

    b.close();
    clock.advance(Duration.ofSeconds(1));

    assertThat(a.of(3)).isEqualTo(Share.MINE);
  }

  @Test
  void whileTheDatabaseIsAwayNothingChanges() {
    LeaseShares a = member("a");
    all(a);

    away = true;
    clock.advance(Duration.ofSeconds(5));
    assertThat(all(a)).containsOnly(Share.MINE);
    LeaseShares late = member("late");
    assertThatThrownBy(() -> late.of(0)).isInstanceOf(UnavailableException.class);
  }

  private LeaseShares member(String name) {
    return new LeaseShares(store, "group", "topic", name, 4, LIFE, clock);
  }

  private static List<Share> all(LeaseShares shares) {
    return IntStream.range(0, 4).mapToObj(shares::of).toList();
  }
}
