package dev.mdp.store.verify;

import java.util.List;

/// Which windows of one interval can be judged, for symbols that share their shards. Pure. Times
/// are microseconds.
///
/// @param behind whether the ticks have not come as far as the bars: no window can be judged
/// @param open windows that some lane may still write
/// @param sealedThrough every window that ends at or before it was sealed by some lane
/// @param overdueBefore windows that end at or before it have been waited for long enough: they are
///   compared although they are open or the ticks are behind
/// @param trustedBefore ticks stored before this moment came from entries that micro-batch has read
/// @param staleBefore ticks stored before this moment have been waited for long enough
/// @param owedFrom a worker owes a bar for every window with ticks that starts at or after it;
///   `Long.MAX_VALUE` when no worker builds the interval
/// @param notBuilt windows of times when the interval was removed from the settings: no one owes
///   them
record WindowRule(
    boolean behind,
    List<Starts> open,
    long sealedThrough,
    long overdueBefore,
    long trustedBefore,
    long staleBefore,
    long owedFrom,
    List<Starts> notBuilt) {
  /// Every window is to be computed, whatever the checkpoints say.
  static final WindowRule ALL =
      new WindowRule(
          false,
          List.of(),
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          List.of());

  WindowRule {
    open = List.copyOf(open);
    notBuilt = List.copyOf(notBuilt);
  }

  /// Starts of windows, both ends included.
  record Starts(long first, long last) {
    boolean isEmpty() {
      return first > last;
    }

    boolean touches(long fromMicros, long toMicros) {
      return first < toMicros && last >= fromMicros;
    }
  }

  /// Those of the open windows that start in the range.
  List<Starts> openIn(long fromMicros, long toMicros) {
    return open.stream().filter(starts -> starts.touches(fromMicros, toMicros)).toList();
  }

  /// Whether some worker may still write the window, or ticks of it may still be on their way.
  boolean isUndecided(long start) {
    return behind || open.stream().anyMatch(starts -> starts.touches(start, start + 1));
  }

  /// Whether a bar of this window is owed when the series' bars surround it.
  boolean wasBuilt(long start) {
    return notBuilt.stream().noneMatch(starts -> starts.touches(start, start + 1));
  }

  /// Whether a difference can be an entry that micro-batch has not read yet: no one sealed the
  /// window, and its newest tick was stored too late to be sure.
  ///
  /// @param newestStored when the window's newest tick was stored; `Long.MIN_VALUE` without ticks
  boolean mayBeUnread(long end, long newestStored) {
    return end > sealedThrough && newestStored >= trustedBefore;
  }
}
