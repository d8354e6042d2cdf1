package dev.mdp.pipeline.window;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;

/// One tumbling window `[start, start + interval)` of one symbol: open and close by the smallest
/// and largest `(srcMicros, seq)`, never by arrival. One thread.
final class Window implements ByStart.Starting, EmittedWindow {
  private final SymbolWindows symbol;
  private final int intervalIndex;
  private final long start;
  private final long end;
  private final VolumeSums sums = new VolumeSums();
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

  private boolean dirty;
  private boolean emitted;
  private boolean rebuilt;
  private long waiting;

  Window(SymbolWindows symbol, int intervalIndex, long start, long end) {
    this.symbol = symbol;
    this.intervalIndex = intervalIndex;
    this.start = start;
    this.end = end;
  }

  void fold(long srcMicros, long seq, double price, double size) {
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
    if (size > 0) {
      sums.add(price, size, symbol.scales());
    }
  }

  /// Forgets everything that was folded in, before it is folded in again.
  void clear() {
    count = 0;
    atStart = Double.NaN;
    sums.clear();
  }

  Bar bar(String provider, String lane, Interval interval) {
    return new Bar(
        provider,
        lane,
        symbol(),
        interval,
        start,
        open,
        high,
        low,
        close,
        sums.volume(),
        sums.vwap(),
        count);
  }

  /// Says that the table does not have this state yet; returns whether that is news.
  boolean markDirty() {
    boolean news = !dirty;
    dirty = true;
    return news;
  }

  boolean isDirty() {
    return dirty;
  }

  /// Emitted at least once by this owner: what comes now is a revision.
  boolean isEmitted() {
    return emitted;
  }

  /// Holds events that were read before the last restart, so its first emission is not news to
  /// anyone.
  boolean isRebuilt() {
    return rebuilt;
  }

  void markRebuilt() {
    rebuilt = true;
  }

  /// One more event waits for the first emission.
  void waitForEmission() {
    waiting++;
  }

  /// Marks the state as handed over; returns how many events waited for it.
  long emit() {
    dirty = false;
    emitted = true;
    long waited = waiting;
    waiting = 0;
    return waited;
  }

  SymbolWindows windows() {
    return symbol;
  }

  @Override
  public Symbol symbol() {
    return symbol.symbol();
  }

  @Override
  public double open() {
    return open;
  }

  @Override
  public double high() {
    return high;
  }

  @Override
  public double low() {
    return low;
  }

  @Override
  public double close() {
    return close;
  }

  @Override
  public double atStart() {
    return atStart;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public DecimalSum volume() {
    return sums.exactVolume();
  }

  @Override
  public DecimalSum notional() {
    return sums.exactNotional();
  }

  int intervalIndex() {
    return intervalIndex;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long end() {
    return end;
  }

  private static boolean isBefore(long leftMicros, long leftSeq, long rightMicros, long rightSeq) {
    return leftMicros < rightMicros || (leftMicros == rightMicros && leftSeq < rightSeq);
  }
}
