package dev.mdp.testkit;

import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// The events of an ordered source in disorder: each is delayed by a random event time of up to the
/// span, so that none is sent after one that is more than the span younger. The same seed gives the
/// same order. A lane's end comes after all before it. One thread; closes the source it wraps.
public final class ShuffledSource implements EventSource {
  private static final int READ_AHEAD = 1_000;

  private final EventSource source;
  private final long spanMicros;
  private final SplittableRandom random;
  private final PriorityQueue<Delayed> waiting = new PriorityQueue<>();
  private long newestMicros = Long.MIN_VALUE;
  private long count;

  public ShuffledSource(EventSource source, Duration span, long seed) {
    this.source = source;
    this.spanMicros = Micros.of(span);
    this.random = new SplittableRandom(seed);
  }

  @Override
  public List<MarketEvent> next(int max) {
    List<MarketEvent> batch = new ArrayList<>();
    while (batch.size() < max) {
      Delayed first = waiting.peek();
      if (first != null && (first.dueMicros <= newestMicros || source.exhausted())) {
        batch.add(waiting.remove().event);
      } else if (source.exhausted() || !readAhead()) {
        return batch;
      }
    }
    return batch;
  }

  @Override
  public boolean exhausted() {
    return waiting.isEmpty() && source.exhausted();
  }

  @Override
  public Duration untilNext() {
    return source.untilNext();
  }

  @Override
  public void close() {
    source.close();
  }

  private boolean readAhead() {
    List<MarketEvent> events = source.next(READ_AHEAD);
    for (MarketEvent event : events) {
      long due =
          switch (event) {
            case Tick tick -> delayed(tick.srcMicros());
            case BarEvent bar -> delayed(bar.bar().startMicros());
            case LaneEnd _ -> newestMicros + spanMicros;
          };
      waiting.add(new Delayed(due, count++, event));
    }
    return !events.isEmpty() || source.exhausted();
  }

  private long delayed(long micros) {
    newestMicros = Math.max(newestMicros, micros);
    return micros + random.nextLong(spanMicros + 1);
  }

  private record Delayed(long dueMicros, long count, MarketEvent event)
      implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      int byDue = Long.compare(dueMicros, other.dueMicros);
      return byDue != 0 ? byDue : Long.compare(count, other.count);
    }
  }
}
