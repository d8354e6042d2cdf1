package dev.mdp.core.feed;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.Optional;

/// Which trades of a series the tick table has. Thread-safe.
public interface StoredIds {
  /// The runs of stored ticks with these ids, ascending. Throws
  /// [dev.mdp.core.error.UnavailableException] when the database is away.
  ///
  /// @param fromMicros no tick before this time is asked for, as ids of an earlier epoch may be
  ///   there
  List<TradeRun> stored(String provider, Symbol symbol, IdRange among, long fromMicros);

  /// How far a shard's ticks are stored: each entry up to there is. Empty when no group stores
  /// them.
  Optional<Position> storedThrough(String topic, int shard);
}
