package dev.mdp.bench;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.EventSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A live source that ends after a while, and counts what it gave: events, volume, bars. One
/// thread.
final class CountingSource implements EventSource {
  private final EventSource source;
  private final long endNanos;
  private final Map<Symbol, Long> lastWindows = new HashMap<>();
  private long events;
  private long volume;
  private long bars;

  CountingSource(EventSource source, Duration length) {
    this.source = source;
    this.endNanos = System.nanoTime() + length.toNanos();
  }

  @Override
  public List<MarketEvent> next(int max) {
    List<MarketEvent> due = exhausted() ? List.of() : source.next(max);
    for (MarketEvent event : due) {
      if (event instanceof Tick tick) {
        count(tick);
      }
    }
    return due;
  }

  @Override
  public boolean exhausted() {
    return System.nanoTime() >= endNanos;
  }

  @Override
  public Duration untilNext() {
    return source.untilNext();
  }

  @Override
  public void close() {
    source.close();
  }

  long events() {
    return events;
  }

  /// The sum of all sizes. Throws in [#next] for a size that is not a whole number.
  long volume() {
    return volume;
  }

  long bars() {
    return bars;
  }

  private void count(Tick tick) {
    long size = (long) tick.size();
    if (size != tick.size()) {
      throw new IllegalStateException("size is no whole number: " + tick);
    }
    events++;
    volume += size;
    Long window = Math.floorDiv(tick.srcMicros(), BenchFeed.WINDOW_MICROS);
    if (!window.equals(lastWindows.put(tick.symbol(), window))) {
      bars++;
    }
  }
}
