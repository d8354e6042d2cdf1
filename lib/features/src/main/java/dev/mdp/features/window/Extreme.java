package dev.mdp.features.window;

/// The largest value of a window that moves forward in time: those that a later and larger one has
/// overtaken are gone, so the rest falls from the first to the last. Amortised constant time. One
/// thread.
final class Extreme {
  private static final int SMALLEST = 8;

  private long[] starts = new long[SMALLEST];
  private double[] values = new double[SMALLEST];
  private int head;
  private int size;

  /// Appends a value that starts later than all others.
  void push(long startMicros, double value) {
    while (size > 0 && values[at(size - 1)] <= value) {
      size--;
    }
    if (size == values.length) {
      grow();
    }
    starts[at(size)] = startMicros;
    values[at(size)] = value;
    size++;
  }

  void dropBefore(long micros) {
    while (size > 0 && starts[head] < micros) {
      head = at(1);
      size--;
    }
  }

  void clear() {
    head = 0;
    size = 0;
  }

  /// The largest value, NaN when there is none.
  double value() {
    return size == 0 ? Double.NaN : values[head];
  }

  private int at(int place) {
    return head + place & values.length - 1;
  }

  private void grow() {
    long[] moreStarts = new long[2 * starts.length];
    double[] moreValues = new double[2 * values.length];
    for (int i = 0; i < size; i++) {
      moreStarts[i] = starts[at(i)];
      moreValues[i] = values[at(i)];
    }
    head = 0;
    starts = moreStarts;
    values = moreValues;
  }
}
