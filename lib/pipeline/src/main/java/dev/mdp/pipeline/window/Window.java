package dev.mdp.pipeline.window;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;

/// One tumbling window `[start, start + interval)` of one symbol, and what of it is stored. One
/// thread.
final class Window implements ByStart.Starting, EmittedWindow {
  private final SymbolWindows symbol;
  private final int intervalIndex;
  private final long start;
  private final long end;
  private final VolumeSums sums = new VolumeSums();
  private final WindowPrices prices = new WindowPrices();
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
    prices.fold(start, srcMicros, seq, price);
    if (size > 0) {
      sums.add(price, size, symbol.scales());
    }
  }

  /// Forgets everything that was folded in, before it is folded in again.
  void clear() {
    prices.clear();
    sums.clear();
  }

  Bar bar(String provider, String lane, Interval interval) {
    return new Bar(
        provider,
        lane,
        symbol(),
        interval,
        start,
        prices.open(),
        prices.high(),
        prices.low(),
        prices.close(),
        sums.volume(),
        sums.vwap(),
        prices.count());
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
    return prices.open();
  }

  @Override
  public double high() {
    return prices.high();
  }

  @Override
  public double low() {
    return prices.low();
  }

  @Override
  public double close() {
    return prices.close();
  }

  @Override
  public double atStart() {
    return prices.atStart();
  }

  @Override
  public long count() {
    return prices.count();
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
}
