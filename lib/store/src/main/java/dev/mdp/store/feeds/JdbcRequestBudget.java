package dev.mdp.store.feeds;

import dev.mdp.core.feed.RequestBudget;
import dev.mdp.store.database.Database;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/// Budgets in PostgreSQL, shared by all processes that a venue sees under one address: by the
/// database's clock, in grants of at most half a second's share or one request. Thread-safe.
/// Without the database nothing is granted: [dev.mdp.core.error.UnavailableException].
public final class JdbcRequestBudget implements RequestBudget {
  private final Database database;
  private final String egress;
  private final ToIntFunction<String> perMinute;
  private final LongSupplier nanoTime;
  private final Map<String, HostBudget> hosts = new ConcurrentHashMap<>();

  /// @param egress names the address by which this machine is seen
  /// @param perMinute how much of its weight a host allows within any minute; asked once a host
  public JdbcRequestBudget(Database database, String egress, ToIntFunction<String> perMinute) {
    this(database, egress, perMinute, System::nanoTime);
  }

  JdbcRequestBudget(
      Database database, String egress, ToIntFunction<String> perMinute, LongSupplier nanoTime) {
    this.database = database;
    this.egress = egress;
    this.perMinute = perMinute;
    this.nanoTime = nanoTime;
  }

  /// Throws [IllegalArgumentException] for a weight that the host's limit never allows.
  @Override
  public Duration take(String host, int weight) {
    return of(host).take(weight);
  }

  @Override
  public void closed(String host, Duration until) {
    of(host).close(until);
  }

  private HostBudget of(String host) {
    return hosts.computeIfAbsent(host, this::open);
  }

  private HostBudget open(String host) {
    RequestPace pace = new RequestPace(perMinute.applyAsInt(host));
    return new HostBudget(database, host, egress, pace, nanoTime);
  }
}
