package dev.mdp.store.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.RequestBudgets;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    assertThat(budget.take(HOST, 1)).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_070));
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

    assertThat(budget.take(HOST, 30)).isBetween(Duration.ofSeconds(28), Duration.ofMillis(32_000));
    assertThatThrownBy(() -> budget.take(HOST, 61)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsLiveDoesNotWaitForRefillsAndRefillsWaitForIt() {
    RequestBudgets mine = budgets(one, "home", 6_000);
    RequestBudgets others = budgets(two, "home", 6_000);
    assertThat(mine.refill().take(HOST, 25)).isZero();
    assertThat(mine.refill().take(HOST, 25)).as("left of the grant").isZero();
    assertThat(mine.refill().take(HOST, 25)).isPositive();

    assertThat(others.live().take(HOST, 25)).isZero();

    assertThat(mine.refill().take(HOST, 25)).isGreaterThan(Duration.ofMillis(600));
    assertThat(mine.live().take(HOST, 25)).as("its own price").isLessThan(Duration.ofMillis(300));
  }

  /// Six owners, three of whom fill holes without end while the others ask now and then.
  @Test
  void manyOwnersTogetherKeepTheLimitInEveryWindowAndWhatIsLiveWaitsLittle() throws Exception {
    RequestLimit limit = new RequestLimit(60, Duration.ofSeconds(2));
    Duration time = Duration.ofSeconds(8);
    List<Future<Asked>> owners = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        boolean live = i % 2 == 0;
        RequestBudgets budgets = JdbcRequestBudget.of(i < 3 ? one : two, "home", _ -> limit);
        Duration between = live ? Duration.ofMillis(400) : Duration.ZERO;
        RequestBudget budget = live ? budgets.live() : budgets.refill();
        owners.add(threads.submit(() -> ask(budget, between, time)));
      }
    }
    List<Long> times = new ArrayList<>();
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 6; i++) {
      Asked asked = owners.get(i).get();
      times.addAll(asked.nanos);
      if (i % 2 == 0 && asked.longestWait.compareTo(longest) > 0) {
        longest = asked.longestWait;
      }
      assertThat(asked.nanos).as("owner %d", i).hasSizeGreaterThan(2);
    }
    times.sort(Long::compare);

    assertThat(most(times, limit.window())).isBetween(20, limit.most());
    assertThat(longest).as("a live request's wait").isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void fiftyOwnersThatStartTogetherKeepTheLimit() throws Exception {
    RequestLimit limit = new RequestLimit(30, Duration.ofSeconds(2));
    List<Future<Asked>> owners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        RequestBudget budget =
            JdbcRequestBudget.of(i % 2 == 0 ? one : two, "home", _ -> limit).live();
        owners.add(threads.submit(() -> ask(budget, Duration.ofSeconds(1), Duration.ofNanos(1))));
      }
    }
    List<Long> times = new ArrayList<>();
    for (Future<Asked> owner : owners) {
      times.addAll(owner.get().nanos);
    }
    times.sort(Long::compare);

    assertThat(times).hasSize(50);
    assertThat(most(times, limit.window())).isLessThanOrEqualTo(limit.most());
  }

  /// When it was granted, and the longest that it was told to wait in all for one request.
  private record Asked(List<Long> nanos, Duration longestWait) {}

  /// As a client does: waits as long as it is told.
  private static Asked ask(RequestBudget budget, Duration between, Duration time)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Long> nanos = new ArrayList<>();
    Duration longest = Duration.ZERO;
    do {
      Duration waited = Duration.ZERO;
      for (Duration wait = budget.take(HOST, 1); !wait.isZero(); wait = budget.take(HOST, 1)) {
        Thread.sleep(wait);
        waited = waited.plus(wait);
      }
      nanos.add(System.nanoTime());
      longest = waited.compareTo(longest) > 0 ? waited : longest;
      Thread.sleep(between);
    } while (System.nanoTime() < end);
    return new Asked(nanos, longest);
  }

  private static int most(List<Long> sorted, Duration window) {
    int most = 0;
    int first = 0;
    for (int i = 0; i < sorted.size(); i++) {
      while (sorted.get(first) <= sorted.get(i) - window.toNanos()) {
        first++;
      }
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  /// For refills, which get no head start.
  private RequestBudget budget(Database of, String egress, int perMinute) {
    return budgets(of, egress, perMinute).refill();
  }

  private RequestBudgets budgets(Database of, String egress, int perMinute) {
    RequestLimit limit = new RequestLimit(perMinute, Duration.ofMinutes(1));
    return JdbcRequestBudget.of(of, egress, _ -> limit, () -> nanos);
  }

  private static void free(String ago) {
    database.execute("UPDATE rate_budgets SET free_at = now() - interval '" + ago + "'");
  }
}
