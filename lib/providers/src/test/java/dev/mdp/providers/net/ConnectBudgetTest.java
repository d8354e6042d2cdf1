package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.RequestBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectBudgetTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> asked = new ArrayList<>();
  private boolean away;

  private final RequestBudget budget =
      new ConnectBudget(
          new RequestBudget() {
            @Override
            public Duration take(String host, int weight) {
              ask("take " + host);
              return Duration.ZERO;
            }

            @Override
            public void closed(String host, Duration until) {
              ask("closed " + host);
            }
          },
          ConnectBudget.ofOne(time));

  private void ask(String what) {
    if (away) {
      throw new UnavailableException("the database is away");
    }
    asked.add(what);
  }

  @Test
  void connectionsAreTakenFromTheSharedBudgetUnderTheirOwnName() {
    assertThat(budget.take("venue", 1)).isZero();
    assertThat(budget.take("venue", 1)).isZero();
    budget.closed("venue", Duration.ofMinutes(1));

    assertThat(asked).containsExactly("take wss://venue", "take wss://venue", "closed wss://venue");
  }

  @Test
  void withoutTheDatabaseThereIsOneConnectionAMinute() {
    away = true;

    int connections = 0;
    for (int second = 0; second < 600; second++) {
      connections += budget.take("venue", 1).isZero() ? 1 : 0;
      time.await(Duration.ofSeconds(1));
    }

    assertThat(connections).isBetween(9, 10);
  }

  @Test
  void aVenueThatRefusesIsLeftAloneWithoutTheDatabaseToo() {
    away = true;

    budget.closed("venue", Duration.ofMinutes(5));

    assertThat(budget.take("venue", 1)).isEqualTo(Duration.ofMinutes(5));
  }
}
