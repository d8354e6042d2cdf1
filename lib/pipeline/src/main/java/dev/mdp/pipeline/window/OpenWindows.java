package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The windows of one lane that are not sealed and written yet, and the events that they are made
/// of. One thread.
final class OpenWindows {
  private final LaneKey lane;
  private final WindowSettings settings;
  private final SealedWindows seals;
  private final WindowStarts starts;
  private final DirtyWindows dirty = new DirtyWindows();
  private final Map<Symbol, SymbolWindows> symbols = new HashMap<>();
  private final Retention retention;
  private final List<TreeMap<Long, List<Window>>> byEnd = new ArrayList<>();

  OpenWindows(LaneKey lane, WindowSettings settings, SealedWindows seals, RetainedTotal total) {
    this.lane = lane;
    this.settings = settings;
    this.seals = seals;
    this.starts = seals.starts();
    this.retention = new Retention(seals, total);
    for (int i = 0; i < starts.count(); i++) {
      byEnd.add(new TreeMap<>());
    }
  }

  Retention retention() {
    return retention;
  }

  /// Folds one tick into the windows of its time that are neither sealed nor outside what is built.
  Outcome fold(Tick tick, Position position, boolean recovering, FoldResult result) {
    SymbolWindows symbol = symbols.get(tick.symbol());
    if (symbol == null) {
      symbol = new SymbolWindows(tick.symbol(), starts.count());
      symbols.put(tick.symbol(), symbol);
    }
    RetainedEvents events = retention.events(symbol, starts.sliceOf(tick.srcMicros()), position);
    return switch (events.add(tick)) {
      case NEW -> {
        retention.added(events);
        yield foldNew(symbol, tick, recovering, result.missedBits());
      }
      case DUPLICATE -> {
        result.missNone();
        yield Outcome.DUPLICATE;
      }
      case CONFLICT_KEPT -> {
        result.missNone();
        yield Outcome.CONFLICT;
      }
      case CONFLICT_REPLACED -> {
        recompute(symbol, tick.srcMicros());
        yield Outcome.CONFLICT;
      }
    };
  }

  /// Folds a distinct event; its outcome is that of the shortest interval that is built.
  private Outcome foldNew(SymbolWindows symbol, Tick tick, boolean recovering, int missed) {
    Outcome outcome = null;
    for (int i = 0; i < starts.count(); i++) {
      long start = starts.startOf(i, tick.srcMicros());
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
    for (int i = 0; i < starts.count(); i++) {
      Window window = symbol.windows(i).find(starts.startOf(i, at));
      if (window != null && !seals.isSealed(i, window.end())) {
        symbol.recompute(window);
        dirty.mark(window);
      }
    }
  }

  private Window window(SymbolWindows symbol, int i, long start) {
    Window window = symbol.windows(i).find(start);
    if (window == null) {
      long end = start + starts.interval(i).micros();
      window = new Window(symbol, i, start, end);
      symbol.windows(i).add(window);
      byEnd.get(i).computeIfAbsent(end, _ -> new ArrayList<>()).add(window);
    }
    return window;
  }

  /// Takes the state of every window that is to be written now: past its allowed lateness, sealed,
  /// or, when the lane is idle, ended on the wall clock. What it hands over counts as emitted.
  void emitDue(long watermark, long nowMicros, boolean idle, WindowListener listener) {
    dirty.take(
        window -> isDue(window, watermark, nowMicros, idle),
        window -> {
          EmissionListener.Kind kind =
              window.isEmitted()
                  ? EmissionListener.Kind.REVISION
                  : window.isRebuilt()
                      ? EmissionListener.Kind.REBUILT
                      : EmissionListener.Kind.FIRST;
          long waited = window.emit();
          Interval interval = starts.interval(window.intervalIndex());
          listener.emitted(lane.provider(), lane.lane(), interval, window, kind, waited);
        });
  }

  boolean hasDue(long watermark, long nowMicros, boolean idle) {
    long first = dirty.firstEnd();
    boolean may =
        first <= watermark - settings.allowLateMicros()
            || (idle && first <= nowMicros)
            || seals.mayBeSealed(first);
    return may && dirty.any(window -> isDue(window, watermark, nowMicros, idle));
  }

  /// Forgets sealed windows and the events that no window needs any more. Call it after [#emitDue].
  void dropSealed() {
    for (int i = 0; i < starts.count(); i++) {
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

  private boolean isDue(Window window, long watermark, long nowMicros, boolean idle) {
    return window.end() + settings.allowLateMicros() <= watermark
        || seals.isSealed(window.intervalIndex(), window.end())
        || (idle && window.end() <= nowMicros);
  }

  boolean isEmpty() {
    return retention.isEmpty() && dirty.isEmpty();
  }

  /// How many windows are open: not emitted yet.
  long openWindows() {
    return dirty.open();
  }
}
