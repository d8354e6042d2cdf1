package dev.mdp.pipeline.window;

import dev.mdp.core.event.Interval;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.LaneProgress.NotBuilt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of one lane is sealed, per interval, and where added intervals begin. It never goes back,
/// and it changes only by the watermark and by what the lane decides from the log; never by a
/// timer. One thread.
final class SealedWindows {
  static final long NEVER = LaneProgress.BEFORE_ALL;

  private final WindowSettings settings;
  private final Interval[] intervals;
  private final Interval stretch;
  private final long[] sealedThrough;
  private final long[] beginsAt;
  private final SortedMap<Interval, List<NotBuilt>> notBuilt = new TreeMap<>();
  private long quietThrough = NEVER;
  private final long[] lastStart;
  private long lastStretch = NEVER;
  private long nextSealAt = NEVER;

  SealedWindows(WindowSettings settings) {
    this.settings = settings;
    this.intervals = settings.intervals().toArray(Interval[]::new);
    this.stretch = settings.stretch();
    this.sealedThrough = never();
    this.beginsAt = never();
    this.lastStart = never();
  }

  private long[] never() {
    long[] all = new long[intervals.length];
    Arrays.fill(all, NEVER);
    return all;
  }

  /// @param built the intervals of the former owner
  void restore(LaneProgress progress, List<Interval> built) {
    for (int i = 0; i < intervals.length; i++) {
      sealedThrough[i] = progress.sealedThrough().getOrDefault(intervals[i], NEVER);
      beginsAt[i] = progress.beginsAt().getOrDefault(intervals[i], NEVER);
    }
    quietThrough = progress.quietThroughMicros();
    progress
        .notBuilt()
        .forEach((interval, times) -> notBuilt.put(interval, new ArrayList<>(times)));
    built.stream()
        .filter(interval -> !settings.intervals().contains(interval))
        .forEach(removed -> noteRemoved(removed, progress));
    updateNextSeal();
  }

  /// What was built of a removed interval ends with what is sealed of it.
  private void noteRemoved(Interval removed, LaneProgress progress) {
    List<NotBuilt> times = notBuilt.computeIfAbsent(removed, _ -> new ArrayList<>());
    if (times.isEmpty() || !times.getLast().isOn()) {
      long begun = progress.beginsAt().getOrDefault(removed, NEVER);
      long from = progress.sealedThrough().getOrDefault(removed, begun);
      times.add(new NotBuilt(from, NotBuilt.ON));
    }
  }

  /// The interval is built again after this time, and was not since it was removed.
  void returnAfter(int i, long srcMicros) {
    beginAfter(i, srcMicros);
    List<NotBuilt> times = notBuilt.getOrDefault(intervals[i], List.of());
    if (!times.isEmpty() && times.getLast().isOn()) {
      times.add(new NotBuilt(times.removeLast().fromMicros(), beginsAt[i]));
    }
  }

  SortedMap<Interval, List<NotBuilt>> notBuilt() {
    return notBuilt;
  }

  SortedMap<Interval, Long> sealedThrough() {
    return byInterval(sealedThrough);
  }

  SortedMap<Interval, Long> beginsAt() {
    return byInterval(beginsAt);
  }

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

  /// The start of the stretch that holds this time; most often the same as for the event before.
  long stretchOf(long at) {
    if (at < lastStretch || at >= lastStretch + stretch.micros()) {
      lastStretch = stretch.start(at);
    }
    return lastStretch;
  }

  /// Whether windows with this start are built at all.
  boolean isBuilt(int i, long start) {
    return start >= beginsAt[i] && (quietThrough == NEVER || start > quietThrough);
  }

  /// Whether a window with this start was built, now or before the log lost entries, and is sealed.
  boolean isClosed(int i, long start) {
    return isSealed(i, start + intervals[i].micros());
  }

  /// Whether a window with this end is sealed.
  boolean isSealed(int i, long end) {
    return end <= sealedThrough[i];
  }

  /// Whether every window that is built of this stretch is sealed.
  boolean isSealed(Stretch stretch) {
    for (int i = 0; i < intervals.length; i++) {
      if (isOpen(i, stretch)) {
        return false;
      }
    }
    return true;
  }

  /// Whether some window with this end may be sealed.
  boolean mayBeSealed(long end) {
    for (long sealed : sealedThrough) {
      if (end <= sealed) {
        return true;
      }
    }
    return false;
  }

  /// Whether every window of the stretch that is not sealed is past its allowed lateness.
  boolean isPastLateness(Stretch stretch, long watermark) {
    for (int i = 0; i < intervals.length; i++) {
      if (isOpen(i, stretch)
          && intervals[i].end(stretch.start()) + settings.allowLateMicros() > watermark) {
        return false;
      }
    }
    return true;
  }

  /// Windows of this interval that hold or precede this time are not built.
  void beginAfter(int i, long srcMicros) {
    beginsAt[i] = Math.max(beginsAt[i], intervals[i].end(srcMicros));
  }

  /// Windows that hold or precede this time are over for good: none of them is built any more.
  void quiet(long srcMicros) {
    quietThrough = Math.max(quietThrough, srcMicros);
  }

  long quietThrough() {
    return quietThrough;
  }

  /// Where the first window begins that is built, of the interval that begins last; windows before
  /// it were lost, or belong to no one.
  long knownFrom() {
    long from = NEVER;
    for (long begin : beginsAt) {
      from = Math.max(from, begin);
    }
    return from;
  }

  /// Windows that start before this time are not built.
  void beginNotBefore(long srcMicros) {
    for (int i = 0; i < intervals.length; i++) {
      beginAfter(i, srcMicros - 1);
    }
  }

  /// Seals what the watermark has passed; returns whether anything changed.
  boolean advance(long watermark) {
    if (watermark < nextSealAt) {
      return false;
    }
    for (int i = 0; i < intervals.length; i++) {
      seal(i, intervals[i].start(watermark - settings.sealAfterMicros()));
    }
    updateNextSeal();
    return true;
  }

  /// Seals of the windows up to the one that holds this time those whose lateness the log's clock
  /// has passed: a longer one waits.
  void sealSilent(long srcMicros, long logClock) {
    for (int i = 0; i < intervals.length; i++) {
      long passed = intervals[i].start(logClock - settings.sealAfterMicros());
      seal(i, Math.min(passed, intervals[i].end(srcMicros)));
    }
    updateNextSeal();
  }

  /// Seals every window up to the one that holds this time.
  void sealThroughEndOf(long srcMicros) {
    for (int i = 0; i < intervals.length; i++) {
      seal(i, intervals[i].end(srcMicros));
    }
    updateNextSeal();
  }

  /// Seals every window of the stretch, and all before.
  void sealThrough(Stretch stretch) {
    for (int i = 0; i < intervals.length; i++) {
      if (isOpen(i, stretch)) {
        seal(i, intervals[i].end(stretch.start()));
      }
    }
    updateNextSeal();
  }

  private void seal(int i, long end) {
    sealedThrough[i] = Math.max(sealedThrough[i], end);
  }

  /// Whether the window of this interval that holds the stretch is built and not sealed.
  private boolean isOpen(int i, Stretch stretch) {
    long start = intervals[i].start(stretch.start());
    return isBuilt(i, start) && !isClosed(i, start);
  }

  private void updateNextSeal() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < intervals.length; i++) {
      long seals = sealedThrough[i] + intervals[i].micros() + settings.sealAfterMicros();
      next = Math.min(next, sealedThrough[i] == NEVER ? NEVER : seals);
    }
    nextSealAt = next;
  }

  private SortedMap<Interval, Long> byInterval(long[] micros) {
    SortedMap<Interval, Long> map = new TreeMap<>();
    for (int i = 0; i < intervals.length; i++) {
      if (micros[i] != NEVER) {
        map.put(intervals[i], micros[i]);
      }
    }
    return map;
  }
}
