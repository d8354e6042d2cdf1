package dev.mdp.core.store;

import dev.mdp.core.event.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/// Takes old rows away. Thread-safe; each method is one transaction. Throws
/// [dev.mdp.core.error.ConflictException] when another process locks the rows.
public interface Pruning {
  /// The tables that grow for ever. The time of a row is that of its event, unless it is said here.
  enum Prunable {
    TICK_DATA,
    BARS_OHLCV,
    SIGNALS,
    /// Holes that are closed; the time is when they were. One that is not filled stays while ticks
    /// are kept from before it, because it explains which ids they do not have.
    FEED_GAPS,
    /// Times that are over; the last one of a series stays.
    FEED_STATES,
    /// Former epochs of a venue's ids of which neither a tick nor a hole is kept, with their
    /// cursors; the time is that of the epoch's last trade.
    FEED_SERIES,
    /// One that is not applied stays while ticks are kept from before it.
    TICK_CORRECTIONS;

    /// Whether all rows before a time go, in whole windows of the intervals.
    public boolean isOfWindows() {
      return this == TICK_DATA || this == BARS_OHLCV;
    }

    /// Whether some rows stay however old they are.
    public boolean keepsSome() {
      return switch (this) {
        case TICK_DATA, BARS_OHLCV, SIGNALS -> false;
        case FEED_GAPS, FEED_STATES, FEED_SERIES, TICK_CORRECTIONS -> true;
      };
    }
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

  /// Removes the rows of `[fromMicros, toMicros)` and returns which they were. Of ticks and of
  /// states of feeds it notes, in the same transaction, that what is before `toMicros` is gone.
  List<Found> remove(Prunable table, List<Series> series, long fromMicros, long toMicros);
}
