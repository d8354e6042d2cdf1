package dev.mdp.providers.net;

import dev.mdp.core.feed.RequestBudget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A budget of this process alone: the same for each host, spaced over its window. Thread-safe.
public final class LocalBudget implements RequestBudget {
  private static final class Account {
    private final RollingLimit limit;
    private long closedUntilNanos = Long.MIN_VALUE;

    private Account(RollingLimit limit) {
      this.limit = limit;
    }
  }

  private final int weight;
  private final Duration window;
  private final FeedTime time;
  private final Map<String, Account> accounts = new HashMap<>();

  /// @param weight how much may be asked of a host in every rolling window, in its own measure
  public LocalBudget(int weight, Duration window, FeedTime time) {
    this.weight = weight;
    this.window = window;
    this.time = time;
  }

  @Override
  public synchronized Duration take(String host, int cost) {
    Account account = account(host);
    long now = time.nanos();
    if (account.closedUntilNanos > now) {
      return Duration.ofNanos(account.closedUntilNanos - now);
    }
    return Duration.ofNanos(account.limit.take(now, cost));
  }

  /// A shorter closure does not end a longer one.
  @Override
  public synchronized void closed(String host, Duration until) {
    Account account = account(host);
    account.closedUntilNanos = Math.max(account.closedUntilNanos, time.nanos() + until.toNanos());
  }

  private Account account(String host) {
    return accounts.computeIfAbsent(host, _ -> new Account(new RollingLimit(weight, window)));
  }
}
