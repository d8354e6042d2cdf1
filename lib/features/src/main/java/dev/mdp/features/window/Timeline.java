package dev.mdp.features.window;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Entries in the order of their starts, each start once. Appending and forgetting the first ones
/// take constant time; an entry in between moves those on its shorter side. Places count from the
/// first entry that is there. One thread.
public final class Timeline<E extends Timeline.Entry> {
  private static final int SMALLEST = 16;

  private @Nullable Object[] ring = new @Nullable Object[SMALLEST];
  private int head;
  private int size;

  /// What begins at its own time.
  public interface Entry {
    /// Microseconds since the epoch.
    long startMicros();
  }

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  public E get(int place) {
    return (E) Objects.requireNonNull(ring[at(place)]);
  }

  /// The place of the first entry that starts at this time or later; the size when there is none.
  public int lowerBound(long micros) {
    if (size == 0 || get(size - 1).startMicros() < micros) {
      return size;
    }
    int from = 0;
    int to = size - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (get(middle).startMicros() < micros) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /// Whether the entry at this place, if any, starts at exactly this time.
  public boolean startsAt(int place, long micros) {
    return place < size && get(place).startMicros() == micros;
  }

  public void set(int place, E entry) {
    ring[at(place)] = entry;
  }

  /// Puts an entry at this place, which [#lowerBound] gave.
  public void insert(int place, E entry) {
    if (size == ring.length) {
      grow();
    }
    if (place < size / 2) {
      head = head - 1 & ring.length - 1;
      for (int i = 0; i < place; i++) {
        ring[at(i)] = ring[at(i + 1)];
      }
    } else {
      for (int i = size; i > place; i--) {
        ring[at(i)] = ring[at(i - 1)];
      }
    }
    ring[at(place)] = entry;
    size++;
  }

  /// Forgets this many of the first entries.
  public void removeFirst(int count) {
    for (int i = 0; i < count; i++) {
      ring[head] = null;
      head = head + 1 & ring.length - 1;
    }
    size -= count;
  }

  private int at(int place) {
    return head + place & ring.length - 1;
  }

  private void grow() {
    @Nullable Object[] larger = new @Nullable Object[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[at(i)];
    }
    head = 0;
    ring = larger;
  }
}
