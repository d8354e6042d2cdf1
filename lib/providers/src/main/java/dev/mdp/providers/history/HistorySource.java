package dev.mdp.providers.history;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.HistoryReader;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// A range of `tick_data` or `bars_ohlcv` as events of the same provider in a lane, in the order of
/// the reader: `(src_ts, seq)` across symbols; not paced. Holds one connection until it is
/// exhausted or closed. The ingest time is the event time. One thread.
///
/// @param <T> what is stored
public final class HistorySource<T> implements FiniteSource {
  private final HistoryReader.Range<T> range;
  private final Function<T, MarketEvent> event;
  private final ToLongFunction<T> micros;
  private final long toMicros;
  private final long fromMicros;

  private long firstMicros = Long.MIN_VALUE;
  private long lastMicros;
  private boolean exhausted;
  private boolean closed;

  private HistorySource(
      HistoryReader.Range<T> range,
      HistoryRange wanted,
      Function<T, MarketEvent> event,
      ToLongFunction<T> micros) {
    this.range = range;
    this.event = event;
    this.micros = micros;
    this.fromMicros = wanted.fromMicros();
    this.toMicros = wanted.toMicros();
  }

  /// Ticks as ticks. Throws [dev.mdp.core.error.UnavailableException] when the database is away;
  /// [#next] throws [dev.mdp.core.error.DataException] at a row that cannot be an event.
  public static HistorySource<Tick> ticks(HistoryReader reader, HistoryRange wanted) {
    return new HistorySource<>(
        reader.ticks(wanted.provider(), wanted.symbols(), wanted.fromMicros(), wanted.toMicros()),
        wanted,
        tick -> inLane(StoredNumbers.usable(tick), wanted.lane()),
        Tick::srcMicros);
  }

  /// Bars of one interval as bars that came as bars, their trade count [Bar#EXTERNAL].
  public static HistorySource<Bar> bars(
      HistoryReader reader, HistoryRange wanted, Interval interval) {
    return new HistorySource<>(
        reader.bars(
            wanted.provider(), wanted.symbols(), interval, wanted.fromMicros(), wanted.toMicros()),
        wanted,
        bar -> new BarEvent(inLane(StoredNumbers.usable(bar), wanted.lane()), 0, bar.startMicros()),
        Bar::startMicros);
  }

  @Override
  public List<MarketEvent> next(int max) {
    if (exhausted) {
      return List.of();
    }
    List<T> rows = range.next(max);
    if (rows.isEmpty()) {
      exhausted = true;
      close();
      return List.of();
    }
    if (firstMicros == Long.MIN_VALUE) {
      firstMicros = micros.applyAsLong(rows.getFirst());
    }
    lastMicros = micros.applyAsLong(rows.getLast());
    return rows.stream().map(event).toList();
  }

  @Override
  public boolean exhausted() {
    return exhausted;
  }

  @Override
  public Duration untilNext() {
    return Duration.ZERO;
  }

  /// By event time; empty when the range has no end.
  @Override
  public OptionalDouble progress() {
    if (exhausted) {
      return OptionalDouble.of(1);
    }
    if (toMicros >= Micros.MAX) {
      return OptionalDouble.empty();
    }
    if (firstMicros == Long.MIN_VALUE) {
      return OptionalDouble.of(0);
    }
    long start = fromMicros <= Micros.MIN ? firstMicros : fromMicros;
    return OptionalDouble.of((double) (lastMicros - start) / Math.max(1, toMicros - start));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      range.close();
    }
  }

  private static Tick inLane(Tick tick, String lane) {
    return new Tick(
        tick.provider(),
        lane,
        tick.symbol(),
        tick.srcMicros(),
        tick.seq(),
        tick.price(),
        tick.size(),
        tick.bid(),
        tick.ask(),
        tick.srcMicros());
  }

  private static Bar inLane(Bar bar, String lane) {
    return new Bar(
        bar.provider(),
        lane,
        bar.symbol(),
        bar.interval(),
        bar.startMicros(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        Bar.EXTERNAL);
  }
}
