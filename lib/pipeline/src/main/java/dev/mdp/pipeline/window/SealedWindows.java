package dev.mdp.pipeline.window;

import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.LaneProgress.NotBuilt;
import dev.mdp.core.event.Interval;
import java.util.List;
import java.util.SortedMap;

/// What of one lane is sealed, per interval, and where added intervals begin. It never goes back,
/// and it changes only by the watermark and by what the lane decides from the log; never by a
/// timer. One thread.
final class SealedWindows {
  static final long NEVER = LaneProgress.BEFORE_ALL;

  private final WindowSettings settings;
  private final WindowStarts starts;
  private final long[] sealedThrough;
  private final long[] beginsAt;
  private final NotBuiltTimes notBuilt = new NotBuiltTimes();
  private long quietThrough = NEVER;
  private long nextSealAt = NEVER;

  SealedWindows(WindowSettings settings) {
    this.settings = settings;
    this.starts = new WindowStarts(settings.intervals(), settings.slice());
    this.sealedThrough = starts.never();
    this.beginsAt = starts.never();
  }

  WindowStarts starts() {
    return starts;
  }

  /// @param built the intervals of the former owner
  void restore(LaneProgress progress, List<Interval> built) {
    for (int i = 0; i < starts.count(); i++) {
      sealedThrough[i] = progress.sealedThrough().getOrDefault(starts.interval(i), NEVER);
      beginsAt[i] = progress.beginsAt().getOrDefault(starts.interval(i), NEVER);
    }
    quietThrough = progress.quietThroughMicros();
    notBuilt.restore(
        progress, built.stream().filter(each -> !settings.intervals().contains(each)).toList());
    updateNextSeal();
  }

  /// The interval is built again after this time, and was not since it was removed.
  void returnAfter(int i, long srcMicros) {
    beginAfter(i, srcMicros);
    notBuilt.noteReturned(starts.interval(i), beginsAt[i]);
  }

  SortedMap<Interval, List<NotBuilt>> notBuilt() {
    return notBuilt.byInterval();
  }

  SortedMap<Interval, Long> sealedThrough() {
    return starts.byInterval(sealedThrough);
  }

  SortedMap<Interval, Long> beginsAt() {
    return starts.byInterval(beginsAt);
  }

  /// Whether windows with this start are built at all.
  boolean isBuilt(int i, long start) {
    return start >= beginsAt[i] && (quietThrough == NEVER || start > quietThrough);
  }

  /// Whether a window with this start was built, now or before the log lost entries, and is sealed.
  boolean isClosed(int i, long start) {
    return isSealed(i, start + starts.interval(i).micros());
  }

  /// Whether a window with this end is sealed.
  boolean isSealed(int i, long end) {
    return end <= sealedThrough[i];
  }

  /// Whether every window that is built of this slice is sealed.
  boolean isSealed(RetainedSlice slice) {
    for (int i = 0; i < starts.count(); i++) {
      if (isOpen(i, slice)) {
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

  /// Whether every window of the slice that is not sealed is past its allowed lateness.
  boolean isPastLateness(RetainedSlice slice, long watermark) {
    for (int i = 0; i < starts.count(); i++) {
      if (isOpen(i, slice)
          && starts.interval(i).end(slice.start()) + settings.allowLateMicros() > watermark) {
        return false;
      }
    }
    return true;
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

  /// Windows that hold or precede this time are not built.
  void beginAfter(long srcMicros) {
    for (int i = 0; i < starts.count(); i++) {
      beginAfter(i, srcMicros);
    }
  }

  private void beginAfter(int i, long srcMicros) {
    beginsAt[i] = Math.max(beginsAt[i], starts.interval(i).end(srcMicros));
  }

  /// Seals what the watermark has passed; returns whether anything changed.
  boolean advance(long watermark) {
    if (watermark < nextSealAt) {
      return false;
    }
    for (int i = 0; i < starts.count(); i++) {
      seal(i, starts.interval(i).start(watermark - settings.sealAfterMicros()));
    }
    updateNextSeal();
    return true;
  }

  /// Seals of the windows up to the one that holds this time those whose lateness the log's clock
  /// has passed: a longer one waits.
  void sealSilent(long srcMicros, long logClock) {
    for (int i = 0; i < starts.count(); i++) {
      long passed = starts.interval(i).start(logClock - settings.sealAfterMicros());
      seal(i, Math.min(passed, starts.interval(i).end(srcMicros)));
    }
    updateNextSeal();
  }

  /// Seals every window up to the one that holds this time.
  void sealThroughEndOf(long srcMicros) {
    for (int i = 0; i < starts.count(); i++) {
      seal(i, starts.interval(i).end(srcMicros));
    }
    updateNextSeal();
  }

  /// Seals every window of the slice, and all before.
  void sealThrough(RetainedSlice slice) {
    for (int i = 0; i < starts.count(); i++) {
      if (isOpen(i, slice)) {
        seal(i, starts.interval(i).end(slice.start()));
      }
    }
    updateNextSeal();
  }

  private void seal(int i, long end) {
    sealedThrough[i] = Math.max(sealedThrough[i], end);
  }

  /// Whether the window of this interval that holds the slice is built and not sealed.
  private boolean isOpen(int i, RetainedSlice slice) {
    long start = starts.interval(i).start(slice.start());
    return isBuilt(i, start) && !isClosed(i, start);
  }

  private void updateNextSeal() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < starts.count(); i++) {
      long seals = sealedThrough[i] + starts.interval(i).micros() + settings.sealAfterMicros();
      next = Math.min(next, sealedThrough[i] == NEVER ? NEVER : seals);
    }
    nextSealAt = next;
  }
}
