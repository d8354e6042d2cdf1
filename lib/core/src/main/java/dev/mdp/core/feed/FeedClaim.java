package dev.mdp.core.feed;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The answer to a claim.
public sealed interface FeedClaim {
  /// @param position all that the former owners published and noted lies at or before it;
  ///   [Position#START] for a new feed
  /// @param anchor by which the log is known again, where it had an entry
  /// @param series what is known of the series of this shard
  record Claimed(
      FeedLease lease, Position position, Optional<LogAnchor> anchor, List<SeriesState> series)
      implements FeedClaim {
    public Claimed {
      series = List.copyOf(series);
    }
  }

  /// Another process's lease lives.
  record Held(String owner, Instant until) implements FeedClaim {}
}
