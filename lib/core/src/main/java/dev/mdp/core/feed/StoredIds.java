package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.util.List;

/// Which trades of a series the tick table has. Thread-safe.
public interface StoredIds {
  /// The runs of stored ticks with these ids, ascending. Throws
  /// [dev.mdp.core.error.UnavailableException] when the database is away.
  ///
  /// @param fromMicros no tick before this time is asked for, as ids of an earlier epoch may be
  ///   there
  List<TradeRun> stored(String provider, Symbol symbol, IdRange among, long fromMicros);
}
