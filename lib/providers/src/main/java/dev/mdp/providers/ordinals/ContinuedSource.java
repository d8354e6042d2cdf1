package dev.mdp.providers.ordinals;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.StoredTicks.Moment;
import dev.mdp.providers.dataset.ReadingCounts;
import dev.mdp.providers.dataset.RecordedSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// A reading of files without a seq whose ticks are numbered on after what is stored at their time.
///
/// A tick that is equal to a stored one in every field is taken for it, each stored one once; so
/// the same files read again get the numbers they have. That an equal trade of another file is
/// taken for it, too, is the price: files of one recording belong into one dataset. One thread.
public final class ContinuedSource implements RecordedSource {
  private static final int ROWS = 2_000;
  private static final int MOST_AT_A_MOMENT = 500_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Comparator<Tick> ORDER =
      Comparator.comparingLong(Tick::srcMicros)
          .thenComparingLong(Tick::seq)
          .thenComparing(Tick::symbol);

  private final RecordedSource source;
  private final UnstoredTicks unstored;
  private final KnownTicks known;
  private final WholeMoments moments;
  private final ArrayDeque<Tick> numbered = new ArrayDeque<>();
  private Map<Moment, List<Tick>> waiting = Map.of();
  private long alreadyStored;
  private long numberedOn;

  private record Payload(double price, double size, double bid, double ask) {
    static Payload of(Tick tick) {
      return new Payload(tick.price() + 0.0, tick.size() + 0.0, tick.bid() + 0.0, tick.ask() + 0.0);
    }
  }

  public ContinuedSource(
      String provider, RecordedSource source, StoredTicks stored, UnstoredTicks unstored) {
    this.source = source;
    this.unstored = unstored;
    this.known = new KnownTicks(stored, unstored, provider);
    this.moments = new WholeMoments(source, ROWS);
  }

  @Override
  public List<MarketEvent> next(int max) {
    if (!unstored.step()) {
      return List.of();
    }
    if (numbered.isEmpty()) {
      number();
    }
    List<MarketEvent> events = new ArrayList<>(Math.min(max, numbered.size()));
    while (events.size() < max && !numbered.isEmpty()) {
      events.add(numbered.remove());
    }
    return events;
  }

  @Override
  public boolean exhausted() {
    return numbered.isEmpty() && waiting.isEmpty() && moments.exhausted();
  }

  @Override
  public Duration untilNext() {
    return unstored.isIdle() ? LOOK_AGAIN : Duration.ZERO;
  }

  @Override
  public OptionalDouble progress() {
    return exhausted() ? OptionalDouble.of(1) : source.progress();
  }

  @Override
  public ReadingCounts counts() {
    return source.counts().withOrdinals(alreadyStored, numberedOn);
  }

  @Override
  public void close() {
    unstored.close();
    source.close();
  }

  /// After an error it continues with the same moments.
  private void number() {
    if (waiting.isEmpty()) {
      waiting = moments.next();
    }
    Map<Moment, SortedMap<Long, Tick>> there = known.at(waiting.keySet(), MOST_AT_A_MOMENT);
    List<Tick> all = new ArrayList<>();
    waiting.forEach(
        (moment, ticks) -> number(moment, ticks, there.getOrDefault(moment, new TreeMap<>()), all));
    all.sort(ORDER);
    numbered.addAll(all);
    waiting = Map.of();
  }

  private void number(
      Moment moment, List<Tick> ticks, SortedMap<Long, Tick> stored, List<Tick> all) {
    if (stored.size() >= MOST_AT_A_MOMENT) {
      throw new DataException(
          "%d ticks of %s are stored at %s: too many to number on after them; map a column to seq"
              .formatted(stored.size(), moment.symbol(), Micros.format(moment.srcMicros())));
    }
    Map<Payload, ArrayDeque<Long>> free = new HashMap<>();
    stored
        .values()
        .forEach(tick ->
            free.computeIfAbsent(Payload.of(tick), _ -> new ArrayDeque<>(1)).add(tick.seq()));
    long last = stored.isEmpty() ? -1 : Math.max(-1, stored.lastKey());
    for (Tick tick : ticks) {
      ArrayDeque<Long> equal = free.getOrDefault(Payload.of(tick), new ArrayDeque<>(0));
      if (!equal.isEmpty()) {
        all.add(withSeq(tick, equal.remove()));
        alreadyStored++;
      } else if (last == Long.MAX_VALUE) {
        throw new DataException(
            "no number is left after seq %d of %s at %s; map a column to seq"
                .formatted(last, moment.symbol(), Micros.format(moment.srcMicros())));
      } else {
        all.add(withSeq(tick, ++last));
        numberedOn += stored.isEmpty() ? 0 : 1;
      }
    }
  }

  private static Tick withSeq(Tick tick, long seq) {
    return new Tick(
        tick.provider(),
        tick.lane(),
        tick.symbol(),
        tick.srcMicros(),
        seq,
        tick.price(),
        tick.size(),
        tick.bid(),
        tick.ask(),
        tick.ingestMicros());
  }
}
