package dev.mdp.providers.net;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.feed.RequestBudget;
import java.time.Duration;

/// What connections are taken from: the budget that all processes share, and while that cannot be
/// asked, so small a one of this process alone that many processes do no harm. Thread-safe.
public final class ConnectBudget implements RequestBudget {
  /// Connections and requests are counted apart, also where both go to one host.
  private static final String PREFIX = "wss://";

  private final RequestBudget shared;
  private final RequestBudget alone;

  /// @param shared by all processes
  /// @param alone for the time without it
  public ConnectBudget(RequestBudget shared, RequestBudget alone) {
    this.shared = shared;
    this.alone = alone;
  }

  /// Without a shared one: one connection a minute.
  public static RequestBudget ofOne(FeedTime time) {
    return new LocalBudget(1, Duration.ofMinutes(1), time);
  }

  @Override
  public Duration take(String host, int weight) {
    try {
      return shared.take(PREFIX + host, weight);
    } catch (UnavailableException _) {
      return alone.take(host, weight);
    }
  }

  @Override
  public void closed(String host, Duration until) {
    alone.closed(host, until);
    try {
      shared.closed(PREFIX + host, until);
    } catch (UnavailableException _) {
      // this process keeps to it; the others hear it from the venue
    }
  }
}
