package dev.mdp.pipeline.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.ShardAssignment.State;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaseAssignmentTest {
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
    assertThat(all(member("a"))).containsOnly(State.ASSIGNED);
  }

  @Test
  void whoHasMoreThanItsShareGivesTheLastOnesBack() {
    LeaseAssignment a = member("a");
    all(a);

    LeaseAssignment b = member("b");
    assertThat(all(b))
        .containsExactly(State.ASSIGNED, State.ASSIGNED, State.NOT_ASSIGNED, State.NOT_ASSIGNED);
    clock.advance(Duration.ofSeconds(1));

    assertThat(all(a))
        .containsExactly(State.ASSIGNED, State.ASSIGNED, State.REVOKED, State.REVOKED);
    a.letGo(2);
    a.letGo(3);
    assertThat(all(a))
        .containsExactly(State.ASSIGNED, State.ASSIGNED, State.NOT_ASSIGNED, State.NOT_ASSIGNED);
  }

  @Test
  void aShardThatCouldNotBeClaimedMakesRoomForAnother() {
    LeaseAssignment b = member("b");
    member("a").of(0);
    assertThat(b.of(0)).isEqualTo(State.ASSIGNED);
    assertThat(b.of(1)).isEqualTo(State.ASSIGNED);
    assertThat(b.of(2)).isEqualTo(State.NOT_ASSIGNED);

    b.letGo(0);

    assertThat(b.of(2)).isEqualTo(State.ASSIGNED);
    assertThat(b.of(0)).isEqualTo(State.NOT_ASSIGNED);
  }

  @Test
  void theShareOfADeadMemberIsTakenWhenItsLifeIsOver() {
    LeaseAssignment a = member("a");
    all(member("b"));
    all(a);
    assertThat(a.of(3)).isEqualTo(State.NOT_ASSIGNED);

    clock.advance(LIFE.plusMillis(1));

    assertThat(a.of(3)).isEqualTo(State.ASSIGNED);
  }

  @Test
  void theShareOfAMemberThatLeavesIsFreeAtOnce() {
    LeaseAssignment a = member("a");
    LeaseAssignment b = member("b");
    all(b);
    all(a);

    b.close();
    clock.advance(Duration.ofSeconds(1));

    assertThat(a.of(3)).isEqualTo(State.ASSIGNED);
  }

  @Test
  void whileTheDatabaseIsAwayNothingChanges() {
    LeaseAssignment a = member("a");
    all(a);

    away = true;
    clock.advance(Duration.ofSeconds(5));
    assertThat(all(a)).containsOnly(State.ASSIGNED);
    LeaseAssignment late = member("late");
    assertThatThrownBy(() -> late.of(0)).isInstanceOf(UnavailableException.class);
  }

  private LeaseAssignment member(String name) {
    return new LeaseAssignment(store.members(), "group", "topic", name, 4, LIFE, clock);
  }

  private static List<State> all(LeaseAssignment assignment) {
    return IntStream.range(0, 4).mapToObj(assignment::of).toList();
  }
}
