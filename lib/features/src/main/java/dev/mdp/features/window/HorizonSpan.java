package dev.mdp.features.window;

/// A window `[T − length, T)` over a timeline, which moves with each evaluation T: which entries
/// are in it, while entries are put before, into and behind it. One thread.
///
/// What is computed from the entries learns of each that comes in and goes out, the first ones and
/// the last ones only.
abstract class HorizonSpan<E extends Timeline.Entry> {
  private final Timeline<E> entries;
  private final long length;
  private long from = Long.MIN_VALUE;
  private long to = Long.MIN_VALUE;
  private int first;
  private int end;

  HorizonSpan(Timeline<E> entries, long length) {
    this.entries = entries;
    this.length = length;
  }

  /// The entry at this place has become the last one of the window.
  abstract void entered(int place);

  /// The entry at this place is the first one of the window, and about to leave it.
  abstract void leaving(int place);

  /// Nothing is in the window.
  abstract void emptied();

  /// Ends at this time from now on, later than before.
  final void advance(long endMicros) {
    long start = endMicros - length;
    if (start >= to) {
      emptied();
      first = entries.lowerBound(start);
      end = first;
    } else {
      while (first < end && entries.get(first).startMicros() < start) {
        leaving(first);
        first++;
      }
      if (first == end) {
        emptied();
      }
    }
    from = start;
    to = endMicros;
    while (end < entries.size() && entries.get(end).startMicros() < endMicros) {
      end++;
      entered(end - 1);
    }
  }

  /// An entry was put between others; returns whether it is in the window.
  final boolean inserted(long startMicros) {
    boolean before = startMicros < from;
    boolean inside = contains(startMicros);
    if (before) {
      first++;
    }
    if (before || inside) {
      end++;
    }
    return inside;
  }

  /// This many of the first entries, none of them in the window, are forgotten.
  final void forgotten(int count) {
    first -= count;
    end -= count;
  }

  final boolean contains(long startMicros) {
    return startMicros >= from && startMicros < to;
  }

  /// Of the window's first entry; [#end] when it is empty.
  final int first() {
    return first;
  }

  /// The place behind the window's last entry.
  final int end() {
    return end;
  }

  final long from() {
    return from;
  }

  final Timeline<E> entries() {
    return entries;
  }
}
