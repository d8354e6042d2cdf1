package dev.mdp.pipeline.window;

import dev.mdp.core.event.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the windows and slices of one lane begin, an index for each interval. One thread.
final class WindowStarts {
  private static final long NEVER = SealedWindows.NEVER;

  private final Interval[] intervals;
  private final Interval slice;
  private final long[] lastStart;
  private long lastSlice = NEVER;

  WindowStarts(List<Interval> intervals, Interval slice) {
    this.intervals = intervals.toArray(Interval[]::new);
    this.slice = slice;
    this.lastStart = never();
  }

  /// How many intervals there are.
  int count() {
    return intervals.length;
  }

  Interval interval(int i) {
    return intervals[i];
  }

  /// The start of the window that holds this time; most often the same as for the event before.
  long startOf(int i, long at) {
    long start = lastStart[i];
    if (at < start || at >= start + intervals[i].micros()) {
      start = intervals[i].start(at);
      lastStart[i] = start;
    }
    return start;
  }

  /// The start of the slice that holds this time; most often the same as for the event before.
  long sliceOf(long at) {
    if (at < lastSlice || at >= lastSlice + slice.micros()) {
      lastSlice = slice.start(at);
    }
    return lastSlice;
  }

  /// A time for each interval that is earlier than any.
  long[] never() {
    long[] all = new long[intervals.length];
    Arrays.fill(all, NEVER);
    return all;
  }

  /// The times by their interval, without those that are [SealedWindows#NEVER].
  SortedMap<Interval, Long> byInterval(long[] micros) {
    SortedMap<Interval, Long> map = new TreeMap<>();
    for (int i = 0; i < intervals.length; i++) {
      if (micros[i] != NEVER) {
        map.put(intervals[i], micros[i]);
      }
    }
    return map;
  }
}
