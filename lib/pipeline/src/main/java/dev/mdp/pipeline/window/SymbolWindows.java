package dev.mdp.pipeline.window;

import dev.mdp.core.event.Symbol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One symbol's retained events and unsealed windows within a lane. One thread.
final class SymbolWindows {
  private final Symbol symbol;
  private final VolumeSums.Scales scales = new VolumeSums.Scales();
  private final ByStart<RetainedEvents> retained = new ByStart<>();
  private final ByStart<Window>[] windows;

  /// The memory of the last slice that was let go, until one begins. Never more than for the events
  /// that are still retained, which the cap counts.
  private long @Nullable [] spare;

  SymbolWindows(Symbol symbol, int intervals) {
    this.symbol = symbol;
    this.windows = unstarted(intervals);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ByStart<Window>[] unstarted(int intervals) {
    ByStart<Window>[] windows = new ByStart[intervals];
    Arrays.setAll(windows, _ -> new ByStart<>());
    return windows;
  }

  Symbol symbol() {
    return symbol;
  }

  VolumeSums.Scales scales() {
    return scales;
  }

  ByStart<RetainedEvents> retained() {
    return retained;
  }

  /// The symbol's events of this slice begin. Its last slice tells about how many will come.
  RetainedEvents begin(RetainedSlice slice) {
    int usual = retained.isEmpty() ? 0 : retained.items().getLast().size();
    RetainedEvents events = new RetainedEvents(slice, usual, spare);
    spare = null;
    retained.add(events);
    return events;
  }

  /// Lets the symbol's events of the slice with this start go.
  void forget(long sliceStart) {
    RetainedEvents events = retained.find(sliceStart);
    if (events != null) {
      retained.remove(events);
      spare = events.capacity() <= retainedEvents() ? events.memory() : null;
    }
  }

  private int retainedEvents() {
    return retained.items().stream().mapToInt(RetainedEvents::size).sum();
  }

  ByStart<Window> windows(int intervalIndex) {
    return windows[intervalIndex];
  }

  /// Computes a window again from the retained events.
  void recompute(Window window) {
    window.clear();
    for (RetainedEvents events : retained.items()) {
      if (!events.touches(window.start(), window.end())) {
        continue;
      }
      for (int i = 0; i < events.size(); i++) {
        long srcMicros = events.srcMicros(i);
        if (srcMicros >= window.start() && srcMicros < window.end()) {
          window.fold(srcMicros, events.seq(i), events.price(i), events.size(i));
        }
      }
    }
  }

  boolean isEmpty() {
    return retained.isEmpty() && Arrays.stream(windows).allMatch(ByStart::isEmpty);
  }
}
