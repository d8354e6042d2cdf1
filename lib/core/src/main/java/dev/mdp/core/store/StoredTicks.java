package dev.mdp.core.store;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.Collection;
import java.util.List;

/// What the table `tick_data` has at given moments. Thread-safe.
public interface StoredTicks {
  /// The ticks of these moments in order of their seq, at most `limit` of each moment, in a lane of
  /// no meaning. A moment without ticks is left out. Throws
  /// [dev.mdp.core.error.UnavailableException] when the database is away.
  List<Tick> at(String provider, Collection<Moment> moments, int limit);

  /// One event time of one symbol.
  record Moment(Symbol symbol, long srcMicros) {
    public static Moment of(Tick tick) {
      return new Moment(tick.symbol(), tick.srcMicros());
    }
  }
}
