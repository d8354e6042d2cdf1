package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import java.util.List;

/// All windows of one `(provider, lane)` in one shard, its watermark and what of it is sealed. One
/// thread.
///
/// What is sealed is a pure function of the entries before, never of a timer.
public final class LaneWindows {
  static final long NEVER = SealedWindows.NEVER;

  private final LaneKey key;
  private final WindowSettings settings;
  private final SealedWindows seals;
  private final Idleness idleness = new Idleness();
  private final OpenWindows open;

  private long watermark = NEVER;
  private long lastAppend = NEVER;
  private Position lastPosition = Position.START;
  private boolean ended;
  private long conflicting;
  private boolean beginsWithNext;

  LaneWindows(LaneKey key, WindowSettings settings, RetainedTotal total) {
    this.key = key;
    this.settings = settings;
    this.seals = new SealedWindows(settings);
    this.open = new OpenWindows(key, settings, seals, total);
  }

  /// Takes up what a checkpoint says. An interval that the former owner did not build begins with
  /// the first window that starts after the watermark.
  static LaneWindows restore(
      LaneProgress progress, List<Interval> built, WindowSettings settings, RetainedTotal total) {
    LaneKey key = new LaneKey(progress.provider(), progress.lane());
    LaneWindows lane = new LaneWindows(key, settings, total);
    lane.watermark = progress.watermarkMicros();
    lane.lastAppend = progress.lastAppendMicros();
    lane.lastPosition = progress.lastPosition();
    lane.ended = progress.ended();
    lane.beginsWithNext = progress.beginsWithNext();
    lane.conflicting = progress.conflicting();
    lane.seals.restore(progress, built);
    WindowStarts starts = lane.seals.starts();
    for (int i = 0; i < starts.count(); i++) {
      if (!built.contains(starts.interval(i)) && lane.watermark != NEVER) {
        lane.seals.returnAfter(i, lane.watermark);
      }
    }
    return lane;
  }

  LaneProgress progress() {
    return new LaneProgress(
        key.provider(),
        key.lane(),
        watermark,
        lastAppend,
        lastPosition,
        seals.sealedThrough(),
        seals.beginsAt(),
        ended,
        beginsWithNext,
        conflicting,
        seals.quietThrough(),
        seals.notBuilt());
  }

  /// Entries before the next one are missing: no window that holds or precedes the next tick ahead
  /// of the watermark is built. A tick behind it, late or of a clock that was set back, does not
  /// tell how far the missing ones came.
  public void beginWithNext() {
    beginsWithNext = true;
  }

  /// What holds or precedes the watermark is sealed, and stays so for an owner that reads only what
  /// comes after.
  public void closeThroughWatermark() {
    if (watermark != NEVER) {
      sealAll();
      seals.quiet(watermark);
    }
  }

  /// Windows that start before this time are not built: entries of them may be missing.
  public void beginNotBefore(long srcMicros) {
    seals.beginAfter(srcMicros - 1);
  }

  /// Windows that hold or precede this time are not built any more.
  public void quiet(long srcMicros) {
    seals.quiet(srcMicros);
  }

  /// From which event time on nothing is missing.
  long knownFrom() {
    return seals.knownFrom();
  }

  /// An entry of this lane is about to be classified.
  void touch(Position position, long appendMicros) {
    sealIfSilent(appendMicros);
    lastAppend = Math.max(lastAppend, appendMicros);
    if (position.isAfter(lastPosition)) {
      lastPosition = position;
    }
    idleness.touch();
  }

  /// Judges one tick by what was sealed before it, folds it into the windows that are not, and
  /// moves the watermark.
  ///
  /// @param recovering the entry was consumed before the last restart
  void fold(Tick tick, Position position, boolean recovering, FoldResult result) {
    long at = tick.srcMicros();
    if (beginsWithNext && !recovering && at > watermark) {
      beginsWithNext = false;
      seals.beginAfter(at);
    }
    judge(tick, position, recovering, result);
    if (at > watermark) {
      watermark = at;
      if (seals.advance(watermark)) {
        open.retention().letGo();
      }
    }
    result.end(watermark, open.retention().newestBeginning().equals(position));
  }

  /// Folds a tick that comes from another lane and fills a hole of this one into those of its
  /// windows that are not sealed. It is no sign of life and moves no watermark: what is sealed
  /// depends on this lane's entries alone.
  void fill(
      Tick tick, Position position, long newestAppend, boolean recovering, FoldResult result) {
    idleness.touch();
    if (!recovering) {
      sealIfSilent(newestAppend);
    }
    judge(tick, position, recovering, result);
    if (result.outcome() == Outcome.SEALED_LATE) {
      result.outcome(Outcome.LATE_FILLED);
    }
    result.end(watermark, open.retention().newestBeginning().equals(position));
  }

  private void judge(Tick tick, Position position, boolean recovering, FoldResult result) {
    long at = tick.srcMicros();
    int missed = 0;
    boolean built = false;
    boolean openForSome = false;
    WindowStarts starts = seals.starts();
    for (int i = 0; i < starts.count(); i++) {
      long start = starts.startOf(i, at);
      if (seals.isClosed(i, start)) {
        built = true;
        missed |= 1 << i;
      } else if (seals.isBuilt(i, start)) {
        built = true;
        openForSome = true;
      }
    }
    result.begin(tick, watermark, missed);
    if (openForSome) {
      result.outcome(open.fold(tick, position, recovering, result));
    } else {
      result.outcome(built ? Outcome.SEALED_LATE : Outcome.FILTERED);
    }
  }

  /// The lane is over: everything up to the watermark is sealed.
  void end() {
    ended = true;
    sealAll();
  }

  /// Seals every window up to the one that holds the watermark.
  void sealAll() {
    if (watermark != NEVER) {
      seals.sealThroughEndOf(watermark);
      open.retention().letGo();
    }
  }

  /// When the lane has been silent, by the log's own clock, seals the windows whose lateness that
  /// clock has passed. The others are sealed by a later look, or the lane continues with them.
  void sealIfSilent(long newestAppendMicros) {
    if (watermark != NEVER && isSilent(newestAppendMicros)) {
      seals.sealSilent(watermark, newestAppendMicros);
      open.retention().letGo();
    }
  }

  /// The start of the oldest slice that may be sealed before its time because all its windows are
  /// past their allowed lateness, or `Long.MAX_VALUE` when there is none.
  long oldestSealable() {
    RetainedSlice oldest = open.retention().oldestUnsealed();
    return oldest != null && seals.isPastLateness(oldest, watermark)
        ? oldest.start()
        : Long.MAX_VALUE;
  }

  /// Seals every window of the slices up to this one; returns how many events are let go.
  long sealEarly(long sliceStart) {
    long before = open.retention().retained();
    RetainedSlice slice = open.retention().find(sliceStart);
    if (slice != null) {
      seals.sealThrough(slice);
      open.retention().letGo();
    }
    return before - open.retention().retained();
  }

  Idleness idleness() {
    return idleness;
  }

  OpenWindows open() {
    return open;
  }

  /// Whether windows are to be written now; see [OpenWindows#emitDue].
  boolean hasDue(long nowMicros, boolean idle) {
    return open.hasDue(watermark, nowMicros, idle);
  }

  /// Hands over what is to be written now, then forgets what is sealed.
  void emitDue(long nowMicros, boolean idle, WindowListener listener) {
    open.emitDue(watermark, nowMicros, idle, listener);
    open.dropSealed();
  }

  boolean endedOrSilent(long newestAppendMicros) {
    return ended || isSilent(newestAppendMicros);
  }

  Position lastPosition() {
    return lastPosition;
  }

  LaneKey key() {
    return key;
  }

  long watermark() {
    return watermark;
  }

  public void addConflicting(long windows) {
    conflicting += windows;
  }

  private boolean isSilent(long newestAppendMicros) {
    return lastAppend != NEVER && newestAppendMicros - lastAppend > settings.silenceSealMicros();
  }
}
