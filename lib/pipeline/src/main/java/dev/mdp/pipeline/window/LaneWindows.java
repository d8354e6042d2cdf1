package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All windows of one `(provider, lane)` in one shard, its watermark and what of it is sealed. One
/// thread.
///
/// What is sealed is a pure function of the entries before, never of a timer.
final class LaneWindows {
  static final long NEVER = LaneProgress.BEFORE_ALL;

  private final String provider;
  private final String lane;
  private final WindowSettings settings;
  private final Interval[] intervals;
  private final long[] sealedThrough;
  private final long[] beginsAt;
  private final long[] lastStart;
  private final Map<Symbol, SymbolWindows> symbols = new HashMap<>();
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>();
  private final List<TreeMap<Long, List<Window>>> byEnd = new ArrayList<>();
  private final List<Window> dirty = new ArrayList<>();

  /// No dirty window ends before it: most reads bring none that is due, which this tells at once.
  private long firstDirtyEnd = Long.MAX_VALUE;

  private long watermark = NEVER;
  private long nextSealAt = NEVER;
  private long lastAppend = NEVER;
  private Position lastPosition = Position.START;
  private boolean ended;
  private long conflicting;
  private long retained;
  private int missed;

  private boolean touched;
  private boolean caughtUp;
  private long lastSeenMicros;

  LaneWindows(String provider, String lane, WindowSettings settings) {
    this.provider = provider;
    this.lane = lane;
    this.settings = settings;
    this.intervals = settings.intervals().toArray(Interval[]::new);
    this.sealedThrough = new long[intervals.length];
    this.beginsAt = new long[intervals.length];
    Arrays.fill(sealedThrough, NEVER);
    Arrays.fill(beginsAt, NEVER);
    this.lastStart = new long[intervals.length];
    Arrays.fill(lastStart, NEVER);
    for (int i = 0; i < intervals.length; i++) {
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
    lane.conflicting = progress.conflicting();
    for (int i = 0; i < lane.intervals.length; i++) {
      Interval interval = lane.intervals[i];
      lane.sealedThrough[i] = progress.sealedThrough().getOrDefault(interval, NEVER);
      lane.beginsAt[i] = progress.beginsAt().getOrDefault(interval, NEVER);
      if (!built.contains(interval) && lane.watermark != NEVER) {
        lane.beginsAt[i] = interval.end(lane.watermark);
      }
    }
    lane.updateNextSeal();
    return lane;
  }

  LaneProgress progress() {
    SortedMap<Interval, Long> sealed = new TreeMap<>();
    SortedMap<Interval, Long> begins = new TreeMap<>();
    for (int i = 0; i < intervals.length; i++) {
      if (sealedThrough[i] != NEVER) {
        sealed.put(intervals[i], sealedThrough[i]);
      }
      if (beginsAt[i] != NEVER) {
        begins.put(intervals[i], beginsAt[i]);
      }
    }
    return new LaneProgress(
        provider, lane, watermark, lastAppend, lastPosition, sealed, begins, ended, conflicting);
  }

  /// Says that every window that holds or precedes this time is not to be built: the log's head is
  /// missing.
  void beginAfter(long srcMicros) {
    for (int i = 0; i < intervals.length; i++) {
      beginsAt[i] = Math.max(beginsAt[i], intervals[i].end(srcMicros));
    }
  }

  /// An entry of this lane is about to be judged.
  void touch(Position position, long appendMicros) {
    if (lastAppend != NEVER && appendMicros - lastAppend > settings.silenceSealMicros()) {
      sealAll();
    }
    lastAppend = Math.max(lastAppend, appendMicros);
    if (position.isAfter(lastPosition)) {
      lastPosition = position;
    }
    touched = true;
  }

  /// Judges one tick by what was sealed before it, folds it into the windows that are not, and
  /// moves the watermark.
  ///
  /// @param recovering the entry was consumed before the last restart
  Outcome fold(Tick tick, Position position, boolean recovering) {
    long at = tick.srcMicros();
    missed = 0;
    boolean built = false;
    boolean openForSome = false;
    for (int i = 0; i < intervals.length; i++) {
      long start = startOf(i, at);
      if (start < beginsAt[i]) {
        continue;
      }
      built = true;
      if (start + intervals[i].micros() <= sealedThrough[i]) {
        missed |= 1 << i;
      } else {
        openForSome = true;
      }
    }
    Outcome outcome;
    if (!openForSome) {
      outcome = built ? Outcome.SEALED_LATE : Outcome.FILTERED;
    } else {
      outcome = foldIntoOpen(tick, position, recovering);
    }
    if (at > watermark) {
      watermark = at;
      if (at >= nextSealAt) {
        sealByWatermark();
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

  /// Seals all windows when the lane has been silent, by the log's own clock.
  void sealIfSilent(long newestAppendMicros) {
    if (lastAppend != NEVER && newestAppendMicros - lastAppend > settings.silenceSealMicros()) {
      sealAll();
    }
  }

  /// The start of the oldest stretch that may be sealed before its time because all its windows are
  /// past their allowed lateness, or `Long.MAX_VALUE` when there is none.
  long oldestSealable() {
    for (Stretch stretch : stretches.values()) {
      if (!isSealed(stretch)) {
        boolean due = true;
        for (Interval interval : intervals) {
          due &= lastEnd(stretch, interval) + settings.allowLateMicros() <= watermark;
        }
        return due ? stretch.start() : Long.MAX_VALUE;
      }
    }
    return Long.MAX_VALUE;
  }

  /// Seals every window that touches the stretches up to this one; answers how many events are let
  /// go.
  long sealEarly(long stretchStart) {
    long before = retained;
    Stretch stretch = stretches.get(stretchStart);
    if (stretch != null) {
      long[] through = new long[intervals.length];
      for (int i = 0; i < intervals.length; i++) {
        through[i] = lastEnd(stretch, intervals[i]);
      }
      sealThrough(through);
    }
    return before - retained;
  }

  /// Takes the state of every window that is to be written now: past its allowed lateness, sealed,
  /// or, when the lane is idle, ended on the wall clock. What it hands over counts as emitted.
  void emitDue(long nowMicros, boolean idle, EmissionListener listener) {
    int kept = 0;
    firstDirtyEnd = Long.MAX_VALUE;
    for (int i = 0; i < dirty.size(); i++) {
      Window window = dirty.get(i);
      if (isDue(window, nowMicros, idle)) {
        Interval interval = intervals[window.intervalIndex()];
        boolean first = !window.isEmitted() && !window.isRebuilt();
        long waited = window.emit();
        listener.emitted(window.bar(provider, lane, interval), first, waited);
      } else {
        dirty.set(kept++, window);
        firstDirtyEnd = Math.min(firstDirtyEnd, window.end());
      }
    }
    dirty.subList(kept, dirty.size()).clear();
  }

  boolean hasDue(long nowMicros, boolean idle) {
    if (!mayHaveDue(nowMicros, idle)) {
      return false;
    }
    for (Window window : dirty) {
      if (isDue(window, nowMicros, idle)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayHaveDue(long nowMicros, boolean idle) {
    boolean may =
        firstDirtyEnd <= watermark - settings.allowLateMicros()
            || (idle && firstDirtyEnd <= nowMicros);
    for (long sealed : sealedThrough) {
      may |= firstDirtyEnd <= sealed;
    }
    return may;
  }

  private void addDirty(Window window) {
    dirty.add(window);
    firstDirtyEnd = Math.min(firstDirtyEnd, window.end());
  }

  /// When the next window becomes due by the wall clock alone, or `Long.MAX_VALUE`.
  long nextIdleEmission() {
    long next = Long.MAX_VALUE;
    for (Window window : dirty) {
      next = Math.min(next, window.end());
    }
    return next;
  }

  /// Forgets sealed windows and the events that no window needs any more. Call it after [#emitDue].
  void dropSealed() {
    for (int i = 0; i < intervals.length; i++) {
      TreeMap<Long, List<Window>> ends = byEnd.get(i);
      while (!ends.isEmpty() && ends.firstKey() <= sealedThrough[i]) {
        for (Window window : ends.pollFirstEntry().getValue()) {
          window.symbol().windows(i).remove(window);
        }
      }
    }
    while (!stretches.isEmpty() && isSealed(stretches.firstEntry().getValue())) {
      drop(stretches.pollFirstEntry().getValue());
    }
  }

  /// After a read: when it was, and whether it reached the log's end.
  void read(long nowMicros, boolean reachedEnd) {
    if (touched) {
      touched = false;
      caughtUp = false;
      lastSeenMicros = nowMicros;
    }
    caughtUp |= reachedEnd;
  }

  boolean isIdle(long nowMicros, long flushTimeoutMicros) {
    return caughtUp && nowMicros - lastSeenMicros >= flushTimeoutMicros;
  }

  /// When the lane becomes idle, if nothing comes.
  long idleAt(long flushTimeoutMicros) {
    return lastSeenMicros + flushTimeoutMicros;
  }

  /// The first entry of the log that an unsealed window needs, or null when there is none.
  @Nullable Position firstNeeded() {
    Position first = null;
    for (Stretch stretch : stretches.values()) {
      if (!isSealed(stretch) && (first == null || first.isAfter(stretch.firstPosition()))) {
        first = stretch.firstPosition();
      }
    }
    return first;
  }

  /// Distinct events that unsealed windows need.
  long retained() {
    return retained;
  }

  boolean holdsNothing() {
    return stretches.isEmpty() && dirty.isEmpty();
  }

  boolean endedOrSilent(long newestAppendMicros) {
    return ended || newestAppendMicros - lastAppend > settings.silenceSealMicros();
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
    return dirty.stream().filter(window -> !window.isEmitted()).count();
  }

  /// The time of the oldest retained stretch, or `Long.MAX_VALUE`.
  long oldestRetained() {
    return stretches.isEmpty() ? Long.MAX_VALUE : stretches.firstKey();
  }

  private Outcome foldIntoOpen(Tick tick, Position position, boolean recovering) {
    SymbolWindows symbol = symbols.get(tick.symbol());
    if (symbol == null) {
      symbol = new SymbolWindows(tick.symbol(), intervals.length);
      symbols.put(tick.symbol(), symbol);
    }
    RetainedEvents events = retainedEvents(symbol, tick.srcMicros(), position);
    RetainedEvents.Found found = events.add(tick);
    return switch (found) {
      case NEW -> {
        events.stretch().retained();
        retained++;
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
        missed = 0;
        recompute(symbol, tick.srcMicros());
        yield Outcome.CONFLICT;
      }
    };
  }

  private Outcome foldNew(SymbolWindows symbol, Tick tick, boolean recovering) {
    long at = tick.srcMicros();
    Outcome outcome = Outcome.OPEN;
    boolean judged = false;
    for (int i = 0; i < intervals.length; i++) {
      long start = startOf(i, at);
      if (start < beginsAt[i]) {
        continue;
      }
      if ((missed & 1 << i) != 0) {
        if (!judged) {
          outcome = Outcome.SEALED_LATE;
        }
        judged = true;
        continue;
      }
      Window window = window(symbol, i, start);
      window.fold(at, tick.seq(), tick.price(), tick.size());
      if (window.markDirty()) {
        addDirty(window);
      }
      if (recovering) {
        window.markRebuilt();
      }
      if (!judged) {
        judged = true;
        outcome = window.isEmitted() ? Outcome.REVISED_LATE : Outcome.OPEN;
        if (outcome == Outcome.OPEN && !recovering) {
          window.waitForEmission();
        }
      }
    }
    return outcome;
  }

  private void recompute(SymbolWindows symbol, long at) {
    for (int i = 0; i < intervals.length; i++) {
      long start = startOf(i, at);
      Window window = symbol.windows(i).find(start);
      if (window != null && window.end() > sealedThrough[i]) {
        symbol.recompute(window);
        if (window.markDirty()) {
          addDirty(window);
        }
      }
    }
  }

  /// The start of the window that holds this time; most often the same as for the event before.
  private long startOf(int i, long at) {
    long start = lastStart[i];
    if (at < start || at >= start + intervals[i].micros()) {
      start = intervals[i].start(at);
      lastStart[i] = start;
    }
    return start;
  }

  private Window window(SymbolWindows symbol, int i, long start) {
    Window window = symbol.windows(i).find(start);
    if (window == null) {
      long end = start + intervals[i].micros();
      window = new Window(symbol, i, start, end);
      symbol.windows(i).add(window);
      byEnd.get(i).computeIfAbsent(end, _ -> new ArrayList<>()).add(window);
    }
    return window;
  }

  private RetainedEvents retainedEvents(SymbolWindows symbol, long at, Position position) {
    long start = startOf(0, at);
    RetainedEvents events = symbol.retained().find(start);
    if (events == null) {
      Stretch stretch = stretches.computeIfAbsent(start, from -> new Stretch(from, position));
      events = new RetainedEvents(start, stretch, symbol.usualEvents());
      stretch.symbols().add(symbol);
      symbol.retained().add(events);
    }
    return events;
  }

  private boolean isDue(Window window, long nowMicros, boolean idle) {
    return window.end() + settings.allowLateMicros() <= watermark
        || window.end() <= sealedThrough[window.intervalIndex()]
        || (idle && window.end() <= nowMicros);
  }

  private boolean isSealed(Stretch stretch) {
    for (int i = 0; i < intervals.length; i++) {
      if (lastEnd(stretch, intervals[i]) > sealedThrough[i]) {
        return false;
      }
    }
    return true;
  }

  /// The end of the last window of this interval that touches the stretch.
  private long lastEnd(Stretch stretch, Interval interval) {
    return interval.end(stretch.start() + intervals[0].micros() - 1);
  }

  private void drop(Stretch stretch) {
    for (SymbolWindows symbol : stretch.symbols()) {
      RetainedEvents events = symbol.retained().find(stretch.start());
      if (events != null) {
        symbol.retained().remove(events);
      }
      if (symbol.isEmpty()) {
        symbols.remove(symbol.symbol());
      }
    }
  }

  /// Seals every window up to the one that holds the watermark.
  void sealAll() {
    if (watermark == NEVER) {
      return;
    }
    long[] through = new long[intervals.length];
    for (int i = 0; i < intervals.length; i++) {
      through[i] = intervals[i].end(watermark);
    }
    sealThrough(through);
  }

  private void sealByWatermark() {
    long[] through = new long[intervals.length];
    for (int i = 0; i < intervals.length; i++) {
      through[i] = intervals[i].start(watermark - settings.sealAfterMicros());
    }
    sealThrough(through);
  }

  private void sealThrough(long[] through) {
    for (int i = 0; i < intervals.length; i++) {
      sealedThrough[i] = Math.max(sealedThrough[i], through[i]);
    }
    updateNextSeal();
    for (Stretch stretch : stretches.values()) {
      if (!isSealed(stretch)) {
        break;
      }
      retained -= stretch.release();
    }
  }

  private void updateNextSeal() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < intervals.length; i++) {
      long seals = sealedThrough[i] + intervals[i].micros() + settings.sealAfterMicros();
      next = Math.min(next, sealedThrough[i] == NEVER ? NEVER : seals);
    }
    nextSealAt = next;
  }
}
