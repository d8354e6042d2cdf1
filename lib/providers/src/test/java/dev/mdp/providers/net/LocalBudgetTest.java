package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalBudgetTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final LocalBudget budget = new LocalBudget(100, Duration.ofSeconds(10), time);

  @Test
  void isSpacedByWeight() {
    assertThat(budget.take("api.test", 10)).isZero();
    assertThat(budget.take("api.test", 10)).isEqualTo(SECOND);

    time.await(SECOND);

    assertThat(budget.take("api.test", 10)).isZero();
  }

  @Test
  void isSeparateForEachHost() {
    assertThat(budget.take("api.test", 100)).isZero();
    assertThat(budget.take("other.test", 100)).isZero();
    assertThat(budget.take("api.test", 1)).isPositive();
  }

  @Test
  void givesNothingOfAHostThatIsClosed() {
    budget.closed("api.test", SECOND.multipliedBy(60));
    budget.closed("api.test", SECOND);

    assertThat(budget.take("api.test", 1)).isEqualTo(SECOND.multipliedBy(60));
    assertThat(budget.take("other.test", 1)).isZero();

    time.await(SECOND.multipliedBy(60));
    assertThat(budget.take("api.test", 1)).isZero();
  }
}
