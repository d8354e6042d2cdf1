package dev.mdp.store.feeds;

import dev.mdp.core.feed.RequestBudget;
import dev.mdp.core.feed.RequestBudgets;
import dev.mdp.core.feed.RequestLimit;
import dev.mdp.store.database.Database;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Budgets in PostgreSQL, shared by all processes that a venue sees under one address: by the
/// database's clock, live requests first, refills in grants of at most half a second's share or one
/// request. Thread-safe. Without the database nothing is granted:
/// [dev.mdp.core.error.UnavailableException].
public final class JdbcRequestBudget implements RequestBudget {
  private final Function<String, HostBudget> hosts;
  private final boolean live;

  private JdbcRequestBudget(Function<String, HostBudget> hosts, boolean live) {
    this.hosts = hosts;
    this.live = live;
  }

  /// @param egress names the address by which this machine is seen
  /// @param limits what a host allows; asked once a host
  public static RequestBudgets of(
      Database database, String egress, Function<String, RequestLimit> limits) {
    return of(database, egress, limits, System::nanoTime);
  }

  static RequestBudgets of(
      Database database,
      String egress,
      Function<String, RequestLimit> limits,
      LongSupplier nanoTime) {
    Map<String, HostBudget> hosts = new ConcurrentHashMap<>();
    Function<String, HostBudget> open =
        host ->
            new HostBudget(database, host, egress, new RequestPace(limits.apply(host)), nanoTime);
    Function<String, HostBudget> shared = host -> hosts.computeIfAbsent(host, open);
    return new RequestBudgets(
        new JdbcRequestBudget(shared, true), new JdbcRequestBudget(shared, false));
  }

  /// Throws [IllegalArgumentException] for a weight that the host's limit never allows.
  @Override
  public Duration take(String host, int weight) {
    HostBudget budget = hosts.apply(host);
    return live ? budget.takeLive(weight) : budget.takeRefill(weight);
  }

  @Override
  public void closed(String host, Duration until) {
    hosts.apply(host).close(until);
  }
}
