package dev.mdp.core.store;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Tick;
import java.util.List;

/// Reads stored ticks and bars of several providers at once. Thread-safe; each range holds one
/// connection until it is closed, and is bounded in memory whatever its length.
public interface SeriesReader {
  /// What `tick_data` has, in key order.
  List<Series> tickSeries();

  /// What `bars_ohlcv` has, in key order.
  List<Series> barSeries();

  /// Ticks of `[fromMicros, toMicros)` in `(srcMicros, seq)` order, then provider, then symbol.
  HistoryReader.Range<Tick> ticks(List<Series> series, long fromMicros, long toMicros);

  /// Bars whose start is in `[fromMicros, toMicros)` in order of their start, then provider, symbol
  /// and interval.
  HistoryReader.Range<Bar> bars(List<Series> series, long fromMicros, long toMicros);

  /// The newest bars whose start is in the range, newest first, at most this many.
  List<Bar> newestBars(List<Series> series, long fromMicros, long toMicros, int limit);
}
