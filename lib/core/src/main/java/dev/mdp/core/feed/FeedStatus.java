package dev.mdp.core.feed;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at how live feeds are now. Thread-safe. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface FeedStatus {
  /// A provider's shard.
  ///
  /// @param owner empty while no process publishes it
  /// @param leaseUntil how long the owner's right lasts, by the database's clock
  /// @param position where the log ended when all that is noted was acknowledged
  record Shard(
      String provider,
      String topic,
      int shard,
      int shards,
      Optional<String> owner,
      Optional<Instant> leaseUntil,
      Position position,
      Instant notedAt) {}

  /// A series.
  ///
  /// @param cursor of its newest epoch; empty when it has had no trade
  /// @param noted the state that was noted last; empty when none was
  /// @param openGaps holes of all epochs
  /// @param openIds how many ids they have
  record Series(
      String provider,
      Symbol symbol,
      Optional<FeedCursor> cursor,
      Optional<FeedInterval> noted,
      long openGaps,
      long openIds) {}

  /// A venue that is not to be asked for its history.
  ///
  /// @param egress the address that it sees
  record Closed(String host, String egress, Instant until) {}

  /// @param shards by provider and shard
  /// @param series by provider and symbol
  /// @param closed by host
  record Now(List<Shard> shards, List<Series> series, List<Closed> closed) {
    public Now {
      shards = List.copyOf(shards);
      series = List.copyOf(series);
      closed = List.copyOf(closed);
    }
  }

  /// What the windows of a filled hole wait for that are to be computed again.
  enum Wait {
    /// The ticks that fill it are not stored yet.
    TICKS,
    /// The owner of the shard's bars is to compute them.
    BARS
  }

  /// How it is now, in all or in one of each.
  Now now(Optional<String> provider, Optional<String> symbol);

  /// Those of these holes of which windows wait, by their number.
  Map<Long, Wait> waiting(Collection<FeedReader.Gap> gaps);
}
