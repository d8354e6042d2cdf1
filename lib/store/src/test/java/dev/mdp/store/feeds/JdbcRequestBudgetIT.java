package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feed.RequestBudget;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// As members of `mdp_writer`, each budget over its own pool, as in a process of its own.
class JdbcRequestBudgetIT {
  private static final String HOST = "api.kraken.com";
  private static TestDatabase database;
  private static Logins logins;
  private static Database one;
  private static Database two;
  private long nanos;

  @BeforeAll
  static void open() {
    database = TestDatabase.migrated();
    logins = new Logins(database);
    one = new Database(logins.settings("mdp_writer"));
    two = new Database(logins.settings("mdp_writer"));
  }

  @AfterAll
  static void close() {
    one.close();
    two.close();
    logins.close();
    database.close();
  }

  @BeforeEach
  void forget() {
    database.execute("TRUNCATE rate_budgets");
  }

  @Test
  void theNextRequestWaitsForItsPlace() {
    RequestBudget budget = budget(one, "home", 60);

    assertThat(budget.take(HOST, 1)).isZero();

    assertThat(budget.take(HOST, 1)).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_051));
    free("60 s");
    assertThat(budget.take(HOST, 1)).isZero();
    assertThat(budget.take(HOST, 1)).as("no burst after a pause").isPositive();
  }

  @Test
  void allProcessesOfOneAddressShareAHostsBudget() {
    assertThat(budget(one, "home", 2).take(HOST, 1)).isZero();

    assertThat(budget(two, "home", 2).take(HOST, 1)).isGreaterThan(Duration.ofSeconds(20));
    assertThat(budget(two, "home", 2).take("ws.kraken.com", 1)).isZero();
    assertThat(budget(two, "office", 2).take(HOST, 1)).isZero();
  }

  @Test
  void whatIsLeftOfAGrantNeedsNoDatabaseUntilItsEnd() {
    RequestBudget budget = budget(one, "home", 6_000);
    assertThat(budget.take(HOST, 20)).isZero();
    database.execute("UPDATE rate_budgets SET free_at = now() + interval '1 h'");

    assertThat(budget.take(HOST, 20)).isZero();
    assertThat(budget.take(HOST, 11)).as("more than is left").isPositive();
    assertThat(budget.take(HOST, 5)).isZero();
    nanos += RequestPace.LIFE.toNanos();
    assertThat(budget.take(HOST, 5)).as("given up").isPositive();
  }

  @Test
  void aHostThatRefusesIsClosedForAll() {
    RequestBudget budget = budget(one, "home", 6_000);
    RequestBudget other = budget(two, "home", 6_000);
    assertThat(budget.take(HOST, 1)).isZero();

    budget.closed(HOST, Duration.ofMinutes(5));
    other.closed(HOST, Duration.ofSeconds(1));

    assertThat(List.of(budget.take(HOST, 1), other.take(HOST, 1)))
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
    database.execute("UPDATE rate_budgets SET closed_until = now() - interval '1 s'");
    free("1 s");
    assertThat(other.take(HOST, 1)).isZero();
  }

  @Test
  void aHostMayBeClosedBeforeItWasAsked() {
    budget(one, "home", 60).closed(HOST, Duration.ofMinutes(5));

    assertThat(budget(two, "home", 60).take(HOST, 1)).isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void aHeavyRequestWaitsInAdvanceToo() {
    RequestBudget budget = budget(one, "home", 60);
    assertThat(budget.take(HOST, 1)).isZero();

    assertThat(budget.take(HOST, 30)).isBetween(Duration.ofSeconds(28), Duration.ofMillis(31_000));
    assertThatThrownBy(() -> budget.take(HOST, 61)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyAskersTogetherStayWithinTheLimit() throws Exception {
    Duration time = Duration.ofSeconds(3);
    List<Future<Integer>> taken = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        RequestBudget budget = new JdbcRequestBudget(i % 2 == 0 ? one : two, "home", _ -> 1_200);
        taken.add(threads.submit((Callable<Integer>) () -> takeFor(time, budget)));
      }
    }
    int sum = 0;
    for (Future<Integer> each : taken) {
      sum += each.get();
    }

    assertThat(sum).isBetween(30, 20 * 3 + 10);
  }

  /// As a client does: waits as long as it is told.
  private static int takeFor(Duration time, RequestBudget budget) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    int taken = 0;
    while (System.nanoTime() < end) {
      Duration wait = budget.take(HOST, 1);
      if (wait.isZero()) {
        taken++;
      } else {
        Thread.sleep(wait);
      }
    }
    return taken;
  }

  private RequestBudget budget(Database of, String egress, int perMinute) {
    return new JdbcRequestBudget(of, egress, _ -> perMinute, () -> nanos);
  }

  private static void free(String ago) {
    database.execute("UPDATE rate_budgets SET free_at = now() - interval '" + ago + "'");
  }
}
