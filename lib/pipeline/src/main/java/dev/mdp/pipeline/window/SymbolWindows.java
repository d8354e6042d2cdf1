package dev.mdp.pipeline.window;

import dev.mdp.core.event.Symbol;
import java.util.Arrays;

/// One symbol's retained events and unsealed windows within a lane. One thread.
final class SymbolWindows {
  private final Symbol symbol;
  private final VolumeSums.Scales scales = new VolumeSums.Scales();
  private final ByStart<RetainedEvents> retained = new ByStart<>();
  private final ByStart<Window>[] windows;

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

  /// How many events its last stretch had: about as many will come in the next.
  int usualEvents() {
    return retained.isEmpty() ? 0 : retained.items().getLast().size();
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
