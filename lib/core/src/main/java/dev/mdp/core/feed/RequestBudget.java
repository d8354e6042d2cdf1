package dev.mdp.core.feed;

import java.time.Duration;

/// How much a venue may be asked, by all who share its limits. Thread-safe.
public interface RequestBudget {
  /// Takes some of the budget of a host.
  ///
  /// @param weight what the request costs, in the venue's own measure
  /// @return zero when it was taken; otherwise how long to wait before asking again
  Duration take(String host, int weight);

  /// The venue said that it must not be asked for this long.
  void closed(String host, Duration until);
}
