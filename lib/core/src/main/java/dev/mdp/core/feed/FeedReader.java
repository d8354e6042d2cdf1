package dev.mdp.core.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks at what feeds noted, for people and for checks. Thread-safe. All throw
/// [dev.mdp.core.error.UnavailableException] when the database is away.
public interface FeedReader {
  /// A series and who publishes it.
  ///
  /// @param owner empty while no process has its shard
  record Row(
      String provider,
      int shard,
      TradeIds ids,
      FeedCursor cursor,
      Optional<String> owner,
      Instant updatedAt,
      long openGaps,
      long openIds) {}

  /// A hole, with its number for people.
  record Gap(long id, String provider, FeedGap gap) {}

  /// Which series and holes are asked for.
  ///
  /// @param openOnly only holes that are open
  /// @param limit at most this many, the newest
  record Query(
      Optional<String> provider,
      Optional<String> symbol,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean openOnly,
      int limit) {}

  /// By provider and symbol.
  List<Row> series(Query query);

  /// Holes whose neighbours' times meet the range; the newest first.
  List<Gap> gaps(Query query);
}
