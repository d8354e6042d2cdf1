package dev.mdp.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The windows whose state the table does not have yet. One thread.
final class DirtyWindows {
  private final List<Window> windows = new ArrayList<>();

  /// No dirty window ends before it: most reads bring none that is due, which this tells at once.
  private long firstEnd = Long.MAX_VALUE;

  void mark(Window window) {
    if (window.markDirty()) {
      windows.add(window);
      firstEnd = Math.min(firstEnd, window.end());
    }
  }

  /// The smallest end of a dirty window, or `Long.MAX_VALUE`.
  long firstEnd() {
    return firstEnd;
  }

  boolean any(Predicate<Window> wanted) {
    return windows.stream().anyMatch(wanted);
  }

  /// Takes out and hands over those that are wanted.
  void take(Predicate<Window> wanted, Consumer<Window> to) {
    int kept = 0;
    firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      if (wanted.test(window)) {
        to.accept(window);
      } else {
        windows.set(kept++, window);
        firstEnd = Math.min(firstEnd, window.end());
      }
    }
    windows.subList(kept, windows.size()).clear();
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }

  /// How many were never emitted.
  long open() {
    return windows.stream().filter(window -> !window.isEmitted()).count();
  }
}
