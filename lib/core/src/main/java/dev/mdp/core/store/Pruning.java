package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/// Takes old rows away. Thread-safe; each method is one transaction. Throws
/// [dev.mdp.core.error.ConflictException] when another process locks the rows.
public interface Pruning {
  /// The tables that grow for ever.
  enum Prunable {
    TICK_DATA,
    BARS_OHLCV,
    SIGNALS
  }

  /// What a series has before a time.
  ///
  /// @param firstMicros of its oldest row
  /// @param lastMicros of its newest row before that time
  record Found(Series series, long rows, long firstMicros, long lastMicros) {}

  /// TimescaleDB's own retention of this table in words, or empty when none runs.
  Optional<String> retentionPolicy(Prunable table);

  /// The intervals of the stored bars and of the bars that workers build.
  SortedSet<Interval> intervals();

  /// The series with rows before that time and how many; reads all those rows' keys.
  List<Found> before(Prunable table, long micros);

  /// The same series without a look at their rows.
  List<Series> seriesBefore(Prunable table, long micros);

  /// The time of the oldest row in `[fromMicros, toMicros)`.
  OptionalLong oldest(Prunable table, List<Series> series, long fromMicros, long toMicros);

  /// How many rows there are in `[fromMicros, toMicros)`, counted up to the limit.
  long count(Prunable table, List<Series> series, long fromMicros, long toMicros, long limit);

  /// Removes the rows of `[fromMicros, toMicros)` and returns which they were.
  List<Found> remove(Prunable table, List<Series> series, long fromMicros, long toMicros);
}
