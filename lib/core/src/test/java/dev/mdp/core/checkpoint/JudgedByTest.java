package dev.mdp.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import org.junit.jupiter.api.Test;

class JudgedByTest {
  private static final long CONFIGURED = 5_000;

  @Test
  void everyEntryIsJudgedByTheValueThatJudgedItFirst() {
    JudgedBy judged = JudgedBy.UNKNOWN.andThen(at(5), 100).andThen(at(9), 100).andThen(at(12), 200);

    assertThat(judged.maxFuture()).hasSize(2);
    assertThat(judged.maxFutureOf(at(1), CONFIGURED)).isEqualTo(100);
    assertThat(judged.maxFutureOf(at(9), CONFIGURED)).isEqualTo(100);
    assertThat(judged.maxFutureOf(at(10), CONFIGURED)).isEqualTo(200);
    assertThat(judged.maxFutureOf(at(13), CONFIGURED)).isEqualTo(CONFIGURED);
  }

  @Test
  void aCommitThatMovedNothingChangesNothing() {
    JudgedBy judged = JudgedBy.UNKNOWN.andThen(at(5), 100);

    assertThat(judged.andThen(at(5), 200)).isEqualTo(judged);
    assertThat(JudgedBy.UNKNOWN.andThen(Position.START, 200)).isEqualTo(JudgedBy.UNKNOWN);
  }

  @Test
  void ofManyChangesTheOldestAreTakenForOne() {
    JudgedBy judged = JudgedBy.UNKNOWN;
    for (int i = 1; i <= 1_000; i++) {
      judged = judged.andThen(at(i), i);
    }

    assertThat(judged.maxFuture()).hasSizeLessThan(100);
    assertThat(judged.maxFutureOf(at(1_000), CONFIGURED)).isEqualTo(1_000);
    assertThat(judged.maxFutureOf(at(990), CONFIGURED)).isEqualTo(990);
  }

  private static Position at(long major) {
    return new Position(major, 0);
  }
}
