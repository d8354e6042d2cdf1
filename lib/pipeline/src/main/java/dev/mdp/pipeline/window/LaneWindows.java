package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All windows of one `(provider, lane)` in one shard, its watermark and what of it is sealed. One
/// thread.
///
/// What is sealed is a pure function of the entries before, never of a timer.
final class LaneWindows {
  static final long NEVER = SealedWindows.NEVER;

  private final String provider;
  private final String lane;
  private final WindowSettings settings;
  private final SealedWindows seals;
  private final Idleness idleness = new Idleness();
  private final DirtyWindows dirty = new DirtyWindows();
  private final Map<Symbol, SymbolWindows> symbols = new HashMap<>();
  private final Retention retention;
  private final List<TreeMap<Long, List<Window>>> byEnd = new ArrayList<>();

  private long watermark = NEVER;
  private long lastAppend = NEVER;
  private Position lastPosition = Position.START;
  private boolean ended;
  private long conflicting;
  private int missed;
  private boolean beginsWithNext;

  LaneWindows(String provider, String lane, WindowSettings settings) {
    this.provider = provider;
    this.lane = lane;
    this.settings = settings;
    this.seals = new SealedWindows(settings);
    this.retention = new Retention(seals);
    for (int i = 0; i < seals.count(); i++) {
      byEnd.add(new TreeMap<>());
    }
  }

  /// Takes up what a checkpoint says. An interval that the former owner did not build begins with
  /// the first window that starts after the watermark.
  static LaneWindows restore(LaneProgress progress, List<Interval> built, WindowSettings settings) {
    LaneWindows lane = new LaneWindows(progress.provider(), progress.lane(), settings);
    lane.watermark = progress.watermarkMicros();
    lane.lastAppend = progress.lastAppendMicros();
    lane.lastPosition = progress.lastPosition();
    lane.ended = progress.ended();
    lane.beginsWithNext = progress.beginsWithNext();
    lane.conflicting = progress.conflicting();
    lane.seals.restore(progress, built);
    for (int i = 0; i < lane.seals.count(); i++) {
      if (!built.contains(lane.seals.interval(i)) && lane.watermark != NEVER) {
        lane.seals.returnAfter(i, lane.watermark);
      }
    }
    return lane;
  }

  LaneProgress progress() {
    return new LaneProgress(
        provider,
        lane,
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
  void beginWithNext() {
    beginsWithNext = true;
  }

  /// What holds or precedes the watermark is sealed, and stays so for an owner that reads only what
  /// comes after.
  void closeThroughWatermark() {
    if (watermark != NEVER) {
      sealAll();
      seals.quiet(watermark);
    }
  }

  /// Windows that start before this time are not built: entries of them may be missing.
  void beginNotBefore(long srcMicros) {
    seals.beginNotBefore(srcMicros);
  }

  /// Windows that hold or precede this time are not built any more.
  void quiet(long srcMicros) {
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

  /// An entry is read again that was classified before the last restart: what it did to the lane is
  /// in the checkpoint.
  void touchRecovered() {
    idleness.touch();
  }

  /// Judges one tick by what was sealed before it, folds it into the windows that are not, and
  /// moves the watermark.
  ///
  /// @param recovering the entry was consumed before the last restart
  Outcome fold(Tick tick, Position position, boolean recovering) {
    long at = tick.srcMicros();
    if (beginsWithNext && !recovering && at > watermark) {
      beginsWithNext = false;
      for (int i = 0; i < seals.count(); i++) {
        seals.beginAfter(i, at);
      }
    }
    missed = 0;
    boolean built = false;
    boolean openForSome = false;
    for (int i = 0; i < seals.count(); i++) {
      long start = seals.startOf(i, at);
      if (seals.isClosed(i, start)) {
        built = true;
        missed |= 1 << i;
      } else if (seals.isBuilt(i, start)) {
        built = true;
        openForSome = true;
      }
    }
    Outcome outcome;
    if (openForSome) {
      outcome = foldIntoOpen(tick, position, recovering);
    } else {
      outcome = built ? Outcome.SEALED_LATE : Outcome.FILTERED;
    }
    if (at > watermark) {
      watermark = at;
      if (seals.advance(watermark)) {
        retention.letGo();
      }
    }
    return outcome;
  }

  /// The intervals whose window was sealed when the last tick came, as a bit set over the settings'
  /// intervals.
  int missed() {
    return missed;
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
      retention.letGo();
    }
  }

  /// When the lane has been silent, by the log's own clock, seals the windows whose lateness that
  /// clock has passed. The others are sealed by a later look, or the lane continues with them.
  void sealIfSilent(long newestAppendMicros) {
    if (watermark != NEVER && isSilent(newestAppendMicros)) {
      seals.sealSilent(watermark, newestAppendMicros);
      retention.letGo();
    }
  }

  /// The start of the oldest stretch that may be sealed before its time because all its windows are
  /// past their allowed lateness, or `Long.MAX_VALUE` when there is none.
  long oldestSealable() {
    Stretch oldest = retention.oldestUnsealed();
    return oldest != null && seals.isPastLateness(oldest, watermark)
        ? oldest.start()
        : Long.MAX_VALUE;
  }

  /// Seals every window of the stretches up to this one; returns how many events are let go.
  long sealEarly(long stretchStart) {
    long before = retention.retained();
    Stretch stretch = retention.find(stretchStart);
    if (stretch != null) {
      seals.sealThrough(stretch);
      retention.letGo();
    }
    return before - retention.retained();
  }

  /// Takes the state of every window that is to be written now: past its allowed lateness, sealed,
  /// or, when the lane is idle, ended on the wall clock. What it hands over counts as emitted.
  void emitDue(long nowMicros, boolean idle, WindowListener listener) {
    dirty.take(
        window -> isDue(window, nowMicros, idle),
        window -> {
          EmissionListener.Kind kind =
              window.isEmitted()
                  ? EmissionListener.Kind.REVISION
                  : window.isRebuilt()
                      ? EmissionListener.Kind.REBUILT
                      : EmissionListener.Kind.FIRST;
          long waited = window.emit();
          Interval interval = seals.interval(window.intervalIndex());
          listener.emitted(provider, lane, interval, window, kind, waited);
        });
  }

  boolean hasDue(long nowMicros, boolean idle) {
    long first = dirty.firstEnd();
    boolean may =
        first <= watermark - settings.allowLateMicros()
            || (idle && first <= nowMicros)
            || seals.mayBeSealed(first);
    return may && dirty.any(window -> isDue(window, nowMicros, idle));
  }

  /// Forgets sealed windows and the events that no window needs any more. Call it after [#emitDue].
  void dropSealed() {
    for (int i = 0; i < seals.count(); i++) {
      TreeMap<Long, List<Window>> ends = byEnd.get(i);
      while (!ends.isEmpty() && seals.isSealed(i, ends.firstKey())) {
        for (Window window : ends.pollFirstEntry().getValue()) {
          window.windows().windows(i).remove(window);
        }
      }
    }
    retention.dropSealed(symbol -> {
      if (symbol.isEmpty()) {
        symbols.remove(symbol.symbol());
      }
    });
  }

  Idleness idleness() {
    return idleness;
  }

  Retention retention() {
    return retention;
  }

  boolean holdsNothing() {
    return retention.isEmpty() && dirty.isEmpty();
  }

  boolean endedOrSilent(long newestAppendMicros) {
    return ended || isSilent(newestAppendMicros);
  }

  Position lastPosition() {
    return lastPosition;
  }

  String provider() {
    return provider;
  }

  String lane() {
    return lane;
  }

  long watermark() {
    return watermark;
  }

  void addConflicting(long windows) {
    conflicting += windows;
  }

  /// How many windows are open: not emitted yet.
  long openWindows() {
    return dirty.open();
  }

  private boolean isSilent(long newestAppendMicros) {
    return lastAppend != NEVER && newestAppendMicros - lastAppend > settings.silenceSealMicros();
  }

  private Outcome foldIntoOpen(Tick tick, Position position, boolean recovering) {
    SymbolWindows symbol = symbols.get(tick.symbol());
    if (symbol == null) {
      symbol = new SymbolWindows(tick.symbol(), seals.count());
      symbols.put(tick.symbol(), symbol);
    }
    RetainedEvents events = retention.events(symbol, seals.stretchOf(tick.srcMicros()), position);
    return switch (events.add(tick)) {
      case NEW -> {
        retention.added(events);
        yield foldNew(symbol, tick, recovering);
      }
      case DUPLICATE -> {
        missed = 0;
        yield Outcome.DUPLICATE;
      }
      case CONFLICT_KEPT -> {
        missed = 0;
        yield Outcome.CONFLICT;
      }
      case CONFLICT_REPLACED -> {
        recompute(symbol, tick.srcMicros());
        yield Outcome.CONFLICT;
      }
    };
  }

  /// Folds a distinct event; its outcome is that of the shortest interval that is built.
  private Outcome foldNew(SymbolWindows symbol, Tick tick, boolean recovering) {
    Outcome outcome = null;
    for (int i = 0; i < seals.count(); i++) {
      long start = seals.startOf(i, tick.srcMicros());
      if (!seals.isBuilt(i, start) && (missed & 1 << i) == 0) {
        continue;
      }
      Outcome here =
          (missed & 1 << i) != 0
              ? Outcome.SEALED_LATE
              : foldInto(window(symbol, i, start), tick, recovering, outcome == null);
      outcome = outcome == null ? here : outcome;
    }
    return outcome == null ? Outcome.FILTERED : outcome;
  }

  private Outcome foldInto(Window window, Tick tick, boolean recovering, boolean judges) {
    window.fold(tick.srcMicros(), tick.seq(), tick.price(), tick.size());
    dirty.mark(window);
    if (recovering) {
      window.markRebuilt();
    }
    if (window.isEmitted()) {
      return Outcome.REVISED_LATE;
    }
    if (judges && !recovering) {
      window.waitForEmission();
    }
    return Outcome.OPEN;
  }

  private void recompute(SymbolWindows symbol, long at) {
    for (int i = 0; i < seals.count(); i++) {
      Window window = symbol.windows(i).find(seals.startOf(i, at));
      if (window != null && !seals.isSealed(i, window.end())) {
        symbol.recompute(window);
        dirty.mark(window);
      }
    }
  }

  private Window window(SymbolWindows symbol, int i, long start) {
    Window window = symbol.windows(i).find(start);
    if (window == null) {
      long end = start + seals.interval(i).micros();
      window = new Window(symbol, i, start, end);
      symbol.windows(i).add(window);
      byEnd.get(i).computeIfAbsent(end, _ -> new ArrayList<>()).add(window);
    }
    return window;
  }

  private boolean isDue(Window window, long nowMicros, boolean idle) {
    return window.end() + settings.allowLateMicros() <= watermark
        || seals.isSealed(window.intervalIndex(), window.end())
        || (idle && window.end() <= nowMicros);
  }
}
