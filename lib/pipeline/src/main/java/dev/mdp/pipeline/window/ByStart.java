package dev.mdp.pipeline.window;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A few things ordered by their start, nearly always asked for the last one. One thread.
final class ByStart<T extends ByStart.Starting> {
  private final List<T> items = new ArrayList<>(4);

  /// The last one that was found: nearly always asked for again.
  private @Nullable T found;

  /// What begins at a point of event time.
  interface Starting {
    long start();
  }

  @Nullable T find(long start) {
    T last = found;
    return last != null && last.start() == start ? last : search(start);
  }

  private @Nullable T search(long start) {
    for (int i = items.size() - 1; i >= 0; i--) {
      T item = items.get(i);
      if (item.start() <= start) {
        if (item.start() != start) {
          return null;
        }
        found = item;
        return item;
      }
    }
    return null;
  }

  void add(T item) {
    int at = items.size();
    while (at > 0 && items.get(at - 1).start() > item.start()) {
      at--;
    }
    items.add(at, item);
    found = item;
  }

  void remove(T item) {
    items.remove(item);
    found = null;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  List<T> items() {
    return items;
  }
}
