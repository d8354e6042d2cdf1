package dev.mdp.pipeline.window;

/// Open, high, low, close and count of one window's events: open and close by the smallest and
/// largest `(srcMicros, seq)`, never by arrival. One thread.
final class WindowPrices {
  private long count;
  private long openMicros;
  private long openSeq;
  private long closeMicros;
  private long closeSeq;
  private double open;
  private double high;
  private double low;
  private double close;
  private long atStartSeq;
  private double atStart = Double.NaN;

  /// @param start of the window
  void fold(long start, long srcMicros, long seq, double price) {
    if (count == 0 || isBefore(srcMicros, seq, openMicros, openSeq)) {
      openMicros = srcMicros;
      openSeq = seq;
      open = price;
    }
    if (count == 0 || isBefore(closeMicros, closeSeq, srcMicros, seq)) {
      closeMicros = srcMicros;
      closeSeq = seq;
      close = price;
    }
    if (count == 0) {
      high = price;
      low = price;
    } else if (price > high) {
      high = price;
    } else if (price < low) {
      low = price;
    }
    if (srcMicros == start && (Double.isNaN(atStart) || seq >= atStartSeq)) {
      atStartSeq = seq;
      atStart = price;
    }
    count++;
  }

  void clear() {
    count = 0;
    atStart = Double.NaN;
  }

  double open() {
    return open;
  }

  double high() {
    return high;
  }

  double low() {
    return low;
  }

  double close() {
    return close;
  }

  /// The price of the last event at exactly the start, or NaN.
  double atStart() {
    return atStart;
  }

  /// Distinct events.
  long count() {
    return count;
  }

  private static boolean isBefore(long leftMicros, long leftSeq, long rightMicros, long rightSeq) {
    return leftMicros < rightMicros || (leftMicros == rightMicros && leftSeq < rightSeq);
  }
}
