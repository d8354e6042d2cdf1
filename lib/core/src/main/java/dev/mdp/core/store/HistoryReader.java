package dev.mdp.core.store;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.List;

/// Reads ranges of stored ticks and bars, bounded in memory whatever the range. Thread-safe; each
/// range holds one connection until it is closed.
public interface HistoryReader {
  /// Ticks of `[fromMicros, toMicros)` merged over all symbols in `(srcMicros, seq)` order, then
  /// provider, then symbol. An empty list of symbols means all.
  Range<Tick> ticks(String provider, List<Symbol> symbols, long fromMicros, long toMicros);

  /// Bars whose start is in `[fromMicros, toMicros)`, merged over all symbols in order of their
  /// start.
  Range<Bar> bars(
      String provider, List<Symbol> symbols, Interval interval, long fromMicros, long toMicros);

  /// A cursor over rows. One thread.
  interface Range<T> extends AutoCloseable {
    /// The next rows, at most `max`; empty at the end.
    List<T> next(int max);

    @Override
    void close();
  }
}
